import type { PhoneCall, VoicemailMessage } from '@org/phone-lab';
import { queueMusic } from '@org/phone-lab/tones';
import type { HeardUtterance } from '../../../src/testing/scripted-speech-stream.ts';
import { AGENT_VOICE } from '../../support/lab.ts';
import { until, untilSaid } from '../../support/until.ts';
import { type Course, sentencesOf, type Step } from './courses.ts';

/** A step with words, and its times in milliseconds since the epoch. */
interface Spoken {
  readonly sentences: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** Plays a course on a phone that has been answered. Adds each utterance to `spoken` at its end. */
export async function play(call: PhoneCall, { steps }: Course, spoken: Spoken[]): Promise<void> {
  for (const step of steps) {
    const from = Date.now();
    await take(call, step);
    const sentences = sentencesOf(step);
    if (sentences.length > 0) spoken.push({ sentences, from, to: Date.now() });
  }
}

/** Returns the steps that a recognizer heard in more pieces than were said: the sound had gaps, as on a busy computer. */
export function tornIn(spoken: readonly Spoken[], heard: readonly HeardUtterance[]): string[] {
  return spoken.flatMap(({ sentences, from, to }) => {
    const pieces = heard.filter((one) => one.from >= from && one.from <= to);
    if (pieces.length <= sentences.length) return [];
    const lengths = pieces.map((one) => `${one.to - one.from} ms`);
    return [`"${sentences.join(' ')}" was heard in ${pieces.length} pieces, of ${lengths.join(', ')}`];
  });
}

async function take(call: PhoneCall, step: Step): Promise<void | VoicemailMessage> {
  if ('speak' in step) return call.speak(step.speak);
  if ('talkOver' in step) return call.talkOver(step.talkOver, { what: AGENT_VOICE, afterMs: step.afterMs });
  if ('noise' in step) return step.noise === 'cough' ? call.cough() : call.mmHm();
  if ('musicMs' in step) return call.play(queueMusic(step.musicMs, 8000), 8000);
  if ('waitMs' in step) return call.wait(step.waitMs);
  if ('press' in step) return call.press(step.press);
  const from = Date.now();
  switch (step.do) {
    case 'hear the agent out':
      await until(() => call.ear.firstHeardAt(AGENT_VOICE, { from }) !== undefined, 20_000);
      return untilSaid(call, AGENT_VOICE);
    case 'wait for a key':
      await call.waitForKey();
      return;
    case 'record':
      return call.voicemail({ greeting: { pcm: new Int16Array(800), sampleRate: 8000 } });
    case 'hang up':
      await call.hangUp();
  }
}
