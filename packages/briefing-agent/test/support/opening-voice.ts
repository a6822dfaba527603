import type { tts } from '@livekit/agents';
import type { PhoneCall, PhoneLab } from '@org/phone-lab';
import { expect } from 'vitest';
import { ScriptedTTS } from '../../src/testing.ts';
import { Consult, type ConsultOptions } from './fixture.ts';
import { AGENT_VOICE, MS_PER_CHARACTER } from './lab.ts';
import { until, untilSaid } from './until.ts';

const SLOW_MS = 2500;

/** A voice that counts its requests, and whose first utterance can fail. */
export class WatchedTTS extends ScriptedTTS {
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

/** Lets a phone ring for a time, answers it, and listens to the whole greeting. */
export async function greeted(consult: Consult, ringMs: number): Promise<PhoneCall> {
  return consult.brief(async (call) => {
    await call.ring(ringMs);
    await call.answer();
    await untilSaid(call, AGENT_VOICE);
    await call.press('1');
  });
}

const answerToWord = (call: PhoneCall): number =>
  (call.ear.firstHeardAt(AGENT_VOICE) ?? Infinity) - (call.status.find(({ status }) => status === 'active')?.at ?? NaN);

/** Expects that the opening speech is made while the phone rings, by a voice that takes longer than a person would wait. */
export async function expectMadeWhileRinging(lab: PhoneLab, options: ConsultOptions): Promise<void> {
  const voice = new WatchedTTS(SLOW_MS);
  await using consult = await Consult.open(lab, { ...options, models: { ...options.models, tts: voice } });
  const call = await greeted(consult, SLOW_MS + 500);
  expect(await consult.briefing.result).toMatchObject({ type: 'accepted', via: 'key' });
  expect(answerToWord(call)).toBeLessThan(SLOW_MS);
  expect(voice.asked).toBe(1);
}

/** Expects a second request of a voice whose first utterance comes from `first`, which does not speak. */
export async function expectSynthesizedAgain(lab: PhoneLab, first: tts.TTS): Promise<void> {
  const voice = new WatchedTTS(0, first);
  await using consult = await Consult.open(lab, { models: { tts: voice } });
  const call = await greeted(consult, 500);
  expect(await consult.briefing.result).toMatchObject({ type: 'accepted' });
  expect(answerToWord(call)).toBeLessThan(5000);
  expect(voice.asked).toBe(2);
  await until(() => voice.closed === 2);
}
