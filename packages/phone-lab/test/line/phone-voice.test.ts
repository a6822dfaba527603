import { expect, test } from 'vitest';
import type { PhoneLine } from '../../src/line/phone-line.js';
import { PhoneVoice } from '../../src/line/phone-voice.js';
import { type AudioPiece, voiceSamples } from '../../src/phone/playable-audio.js';
import { joinPcm } from '../../src/tones.js';

/** A line that takes a frame at each turn of the event loop. */
function lineOf(sent: Int16Array[]): PhoneLine {
  const line: Pick<PhoneLine, 'sendAudio' | 'played' | 'dropAudio'> = {
    async sendAudio(pcm) {
      await new Promise((done) => setImmediate(done));
      sent.push(pcm);
    },
    async played() {
      await Promise.resolve();
    },
    dropAudio() {
      sent.length = 0;
    },
  };
  return line as PhoneLine;
}

/** Counts up without end, in pieces of odd lengths. */
async function* counting(pieces: number, told: { ended?: boolean } = {}): AsyncGenerator<AudioPiece> {
  try {
    for (let [i, next] = [0, 1]; i < pieces; i += 1) {
      const length = 100 + ((i * 377) % 1500);
      const data = Int16Array.from({ length }, (_, at) => ((next + at) % 30_000) + 1);
      next += length;
      yield { data, sampleRate: 48_000, channels: 1 };
      await new Promise((done) => setImmediate(done));
    }
  } finally {
    told.ended = true;
  }
}

test('frames of any length are played one after another without a seam', async () => {
  const sent: Int16Array[] = [];
  const voice = new PhoneVoice(lineOf(sent));
  await voice.play(voiceSamples(counting(40)));
  const heard = joinPcm(...sent);
  const whole = heard.subarray(0, heard.lastIndexOf(heard.findLast((sample) => sample !== 0) ?? 0) + 1);
  expect(whole.length).toBeGreaterThan(20_000);
  expect(whole.every((sample, i) => i === 0 || sample === ((whole[i - 1] ?? 0) % 30_000) + 1)).toBe(true);
});

test('an endless source is read no faster than it sounds, and ended when no more is wanted', async () => {
  const told: { ended?: boolean } = {};
  const sent: Int16Array[] = [];
  const voice = new PhoneVoice(lineOf(sent));
  const played = voice.play(voiceSamples(counting(Infinity, told)));
  await expect.poll(() => sent.length, { interval: 1 }).toBeGreaterThan(20);
  expect(told.ended).toBeUndefined();
  voice.quiet();
  await played;
  await expect.poll(() => told.ended).toBe(true);
});

async function* broken(): AsyncGenerator<Int16Array> {
  yield await Promise.reject(new RangeError('no more tape'));
}

test('a source that never yields does not hold back the end of the call, and one that fails rejects', async () => {
  const voice = new PhoneVoice(lineOf([]));
  const stuck = voice.play({ [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => undefined) }) });
  const failed = voice.play(broken());
  await expect(failed).rejects.toThrow('no more tape');
  voice.close();
  await stuck;
});

test('clips wait for each other, and each resolves when it was played', async () => {
  const sent: Int16Array[] = [];
  const voice = new PhoneVoice(lineOf(sent));
  const done: string[] = [];
  const clip = async (name: string, value: number): Promise<void> => {
    await voice.play(voiceSamples(new Int16Array(2400).fill(value), 48_000));
    done.push(name);
  };
  await Promise.all([clip('first', 1), clip('second', 2)]);
  expect(done).toEqual(['first', 'second']);
  const heard = [...joinPcm(...sent)].filter((sample) => sample !== 0);
  expect(heard).toEqual([...Array<number>(2400).fill(1), ...Array<number>(2400).fill(2)]);
});

test('a line that goes away after the call has ended fails nothing', async () => {
  const sounding: boolean[] = [];
  const line = lineOf([]);
  line.played = () => Promise.reject(new Error('the process of the phone is gone'));
  const voice = new PhoneVoice(line, undefined, (isSounding) => sounding.push(isSounding));
  voice.tone(1000);
  await new Promise((done) => setImmediate(done));
  voice.close();
  await expect.poll(() => sounding).toEqual([true, false]);
});

test('a line that takes no frames for a while is asked once per frame, and goes on', async () => {
  const sent: Int16Array[] = [];
  let asked = 0;
  const [line, there] = [lineOf(sent), lineOf(sent)];
  line.sendAudio = (pcm) => ((asked += 1) <= 5_000 ? Promise.reject(new Error('no line')) : there.sendAudio(pcm));
  const voice = new PhoneVoice(line);
  voice.tone(1000);
  await new Promise((done) => setTimeout(done, 100));
  expect(asked).toBeLessThan(10);
  asked = 5_000;
  await expect.poll(() => sent.length).toBeGreaterThan(3);
  voice.close();
});

const first = (audio: Parameters<typeof voiceSamples>[0], rate?: number) => voiceSamples(audio, rate).next();

test('what cannot be played is refused by name', async () => {
  await expect(first(new Int16Array(10))).rejects.toThrow(/needs a sample rate from 4000 to 192000 Hz, not NaN/);
  await expect(first(new Int16Array(10), 100)).rejects.toThrow(/not 100/);
  await expect(first('/no/such/file.wav')).rejects.toMatchObject({ code: 'invalid-option' });
  await expect(first(12 as unknown as string)).rejects.toThrow(/mono samples, a WAV file or an AsyncIterable/);
});
