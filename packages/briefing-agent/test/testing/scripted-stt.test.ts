import { initializeLogger, stt } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { describe, expect, it } from 'vitest';
import { ScriptedSTT, type ScriptedSTTOptions, toneFrames } from '../../src/testing.ts';

initializeLogger({ pretty: false, level: 'silent' });

const RATE = 24_000;
const tone = (frequency: number, lengthMs: number, amplitude = 0.3): AudioFrame[] =>
  toneFrames({ frequency, lengthMs, sampleRate: RATE, amplitude });
const silence = (lengthMs: number): AudioFrame[] => tone(1000, lengthMs, 0);
/** Syllables with gaps, over the mark of the voice, 18 dB below. */
const syllables = (mark: number): AudioFrame[] =>
  [180, 220, 200].flatMap((lengthMs) => [
    ...tone(310, lengthMs).map((frame, index) => mixed(frame, tone(mark, lengthMs, 0.038)[index])),
    ...silence(80),
  ]);

function mixed(one: AudioFrame, other: AudioFrame | undefined): AudioFrame {
  const data = one.data.map((sample, index) => sample + (other?.data[index] ?? 0));
  return new AudioFrame(data, RATE, 1, data.length);
}

const names: Partial<Record<stt.SpeechEventType, string>> = {
  [stt.SpeechEventType.START_OF_SPEECH]: 'start',
  [stt.SpeechEventType.INTERIM_TRANSCRIPT]: 'interim',
  [stt.SpeechEventType.FINAL_TRANSCRIPT]: 'final',
  [stt.SpeechEventType.END_OF_SPEECH]: 'end',
};

interface Heard {
  readonly what: string;
  readonly at: number;
}

/** Passes the frames on as fast as they are read, so that only waits take time. */
async function recognize(recognizer: ScriptedSTT, ...parts: AudioFrame[][]): Promise<Heard[]> {
  const stream = recognizer.stream();
  for (const frame of parts.flat()) stream.pushFrame(frame);
  stream.endInput();
  const heard: Heard[] = [];
  for await (const { type, alternatives } of stream) {
    heard.push({ what: [names[type], alternatives?.[0].text].filter(Boolean).join(' '), at: Date.now() });
  }
  return heard;
}

const whatOf = (heard: readonly Heard[]): string[] => heard.map(({ what }) => what);
const saying = (options: ScriptedSTTOptions): ScriptedSTT => new ScriptedSTT(options);

describe('the scripted recognizer', () => {
  it('reports the final transcript of a tone word before the end of speech when there is no delay', async () => {
    const heard = await recognize(saying({ words: { yes: 2300 } }), tone(2300, 300), silence(200));
    expect(whatOf(heard)).toEqual(['start', 'final yes', 'end']);
  });

  it.each([300, 600, 1000])(
    'gives the final transcript %i ms after a tone word, and after the end of speech',
    async (ms) => {
      const recognizer = saying({ words: { yes: 2300 }, finalDelayMs: ms });
      const beganAt = Date.now();
      const heard = await recognize(recognizer, tone(2300, 300), silence(200));
      expect(whatOf(heard)).toEqual(['start', 'end', 'final yes']);
      const final = heard.at(-1);
      // The tone ended 100 ms before its end was heard. From the beginning on: a busy computer reports the end late.
      expect((final?.at ?? 0) - beganAt).toBeGreaterThanOrEqual(ms - 110);
      expect((final?.at ?? 0) - beganAt).toBeLessThan(5 * ms + 400);
    },
  );

  it('reports late transcripts in the order of the utterances, also while the next one is spoken', async () => {
    const recognizer = saying({ words: { yes: 2300, no: 2400 }, finalDelayMs: 300 });
    const heard = await recognize(recognizer, tone(2300, 300), silence(200), tone(2400, 300), silence(200));
    expect(whatOf(heard)).toEqual(['start', 'end', 'start', 'end', 'final yes', 'final no']);
  });

  it('reports interim transcripts, a word more every 200 ms, and the whole at the end', async () => {
    const recognizer = saying({ speech: { texts: ['yes please do'] }, interimResults: true });
    expect(recognizer.capabilities).toMatchObject({ streaming: true, interimResults: true });
    const heard = await recognize(recognizer, tone(310, 700), silence(400));
    expect(whatOf(heard).slice(0, 4)).toEqual(['start', 'interim yes', 'interim yes please', 'interim yes please do']);
    expect(whatOf(heard).slice(-2)).toEqual(['final yes please do', 'end']);
  });

  it('takes each utterance of speech for the next string, over the gaps between syllables, also in another stream', async () => {
    const recognizer = saying({ speech: { texts: ['hello', '', 'yes'] } });
    const said = await recognize(recognizer, syllables(1000), silence(400), syllables(1000), silence(400));
    expect(whatOf(said)).toEqual(['start', 'final hello', 'end', 'start', 'end']);
    expect(whatOf(await recognize(recognizer, syllables(1000), silence(400)))).toEqual(['start', 'final yes', 'end']);
    // Speech after the last string is not understood.
    expect(whatOf(await recognize(recognizer, syllables(1000), silence(400)))).toEqual(['start', 'end']);
  });

  it('hears only the voice whose mark it knows, 18 dB below the voice', async () => {
    const speech = { texts: ['yes', 'no'], mark: 1000 };
    const heard = await recognize(saying({ speech }), syllables(600), silence(400), syllables(1000), silence(400));
    expect(whatOf(heard)).toEqual(['start', 'final yes', 'end']);
  });

  it('ignores sound that is too short or too quiet', async () => {
    const speech = { texts: ['yes'], minLevelDbfs: -30, minSpeechMs: 200 };
    const heard = await recognize(saying({ speech }), tone(310, 140), silence(400), tone(310, 400, 0.02), silence(400));
    expect(heard).toEqual([]);
  });

  it('rejects an invalid delay', () => {
    expect(() => saying({ words: {}, finalDelayMs: -1 })).toThrow('finalDelayMs must be 0 or more, not -1');
  });
});
