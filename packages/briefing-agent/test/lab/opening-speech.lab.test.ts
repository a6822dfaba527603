import { tts } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import type { PhoneCall, PhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ScriptedTTS } from '../../src/testing.ts';
import { Consult, type ConsultOptions } from '../support/fixture.ts';
import { AGENT_VOICE, agentTts, MS_PER_CHARACTER, openLab } from '../support/lab.ts';
import { until, untilSaid, wait } from '../support/until.ts';

let lab: PhoneLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

const SLOW_MS = 2500;

/** A voice that counts its requests, and whose first utterance can fail. */
class WatchedTTS extends ScriptedTTS {
  asked = 0;
  /** The number of streams that are closed. */
  closed = 0;
  /** The strings of all utterances. */
  text = '';
  readonly #first: tts.TTS | undefined;

  constructor(delayMs: number, first?: tts.TTS) {
    super({ frequency: AGENT_VOICE, msPerCharacter: MS_PER_CHARACTER, delayMs });
    this.#first = first;
    // A stream reports its errors through the voice that created it.
    first?.on('error', (error) => void this.emit('error', error));
  }

  override stream(options?: Parameters<ScriptedTTS['stream']>[0]): tts.SynthesizeStream {
    const voice = this.asked === 0 ? this.#first : undefined;
    const stream = voice?.stream(options) ?? super.stream(options);
    this.asked += 1;
    const pushText = stream.pushText.bind(stream);
    stream.pushText = (text) => {
      this.text += text;
      pushText(text);
    };
    const close = stream.close.bind(stream);
    let closed = false;
    stream.close = () => {
      if (!closed) this.closed += 1;
      closed = true;
      close();
    };
    return stream;
  }
}

/** A stream that begins to speak, and fails. */
class BreakingTTS extends tts.TTS {
  readonly label = 'breaking-tts';

  constructor() {
    super(24_000, 1, { streaming: true });
  }

  override synthesize(): tts.ChunkedStream {
    throw new Error('only streams');
  }

  override stream(): tts.SynthesizeStream {
    return new BreakingStream(this);
  }
}

class BreakingStream extends tts.SynthesizeStream {
  readonly label = 'breaking-tts-stream';

  protected async run(): Promise<void> {
    await this.input.next();
    const frame = AudioFrame.create(24_000, 1, 240);
    this.queue.put({ requestId: 'breaking', segmentId: 'breaking', frame, final: false });
    await wait(100);
    throw new Error('the voice broke off');
  }
}

/** Lets a phone ring for a time, answers it, and listens to the whole greeting. */
async function greeted(consult: Consult, ringMs: number): Promise<PhoneCall> {
  return consult.brief(async (call) => {
    await call.ring(ringMs);
    await call.answer();
    await untilSaid(call, AGENT_VOICE);
    await call.press('1');
  });
}

const answerToWord = (call: PhoneCall): number =>
  (call.ear.firstHeardAt(AGENT_VOICE) ?? Infinity) - (call.status.find(({ status }) => status === 'active')?.at ?? NaN);

describe('the opening speech', () => {
  it.each<[string, ConsultOptions]>([
    ['a greeting', {}],
    ['a static message', { models: { llm: null, stt: null }, message: 'An invoice. Press {keys}.' }],
  ])(
    '%s is made while the phone rings, so that a slow voice is heard sooner than it could begin',
    async (_, options) => {
      const voice = new WatchedTTS(SLOW_MS);
      await using consult = await Consult.open(lab, { ...options, models: { ...options.models, tts: voice } });
      const call = await greeted(consult, SLOW_MS + 500);
      expect(await consult.briefing.result).toMatchObject({ type: 'accepted', via: 'key' });
      expect(answerToWord(call)).toBeLessThan(SLOW_MS);
      expect(voice.asked).toBe(1);
    },
  );

  it('is spoken without markup, which the transcript keeps', async () => {
    const voice = new WatchedTTS(0);
    await using consult = await Consult.open(lab, {
      greeting: 'I have *a caller* for you.',
      models: { tts: voice },
    });
    await greeted(consult, 300);
    expect((await consult.briefing.result).transcript).toEqual([
      { speaker: 'agent', text: 'I have *a caller* for you.' },
    ]);
    expect(voice.asked).toBe(1);
    expect(voice.text.trim()).toBe('I have a caller for you.');
  });

  it.each([
    ['has not begun by the answer', agentTts({ delayMs: 60_000 })],
    ['failed while the phone rang', agentTts({ fails: new Error('no voice') })],
    ['broke off while the phone rang', new BreakingTTS()],
  ])('is synthesized again when the voice %s', async (_, first) => {
    const voice = new WatchedTTS(0, first);
    await using consult = await Consult.open(lab, { models: { tts: voice } });
    const call = await greeted(consult, 500);
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted' });
    expect(answerToWord(call)).toBeLessThan(5000);
    expect(voice.asked).toBe(2);
    await until(() => voice.closed === 2);
  });

  it('is no longer synthesized when the phone is not answered', async () => {
    const voice = new WatchedTTS(60_000);
    await using consult = await Consult.open(lab, { models: { tts: voice } });
    await until(() => voice.asked === 1);
    await consult.briefing.close();
    await until(() => voice.closed === 1);
  });
});
