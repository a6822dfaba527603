import type { BriefingResult } from '../../../src/index.ts';

/** The next step of a line. */
export type Step =
  /**
   * Says sentences of at most 12 words. A recognizer takes each for an utterance: the line is quiet for 0.75 to 0.9 s between two.
   */
  | { readonly speak: string }
  /** Says a sentence over the agent, once the agent has been heard for a time, in milliseconds. */
  | { readonly talkOver: string; readonly afterMs: number }
  | { readonly noise: 'mm-hm' | 'cough' }
  | { readonly musicMs: number }
  | { readonly waitMs: number }
  | { readonly press: string }
  | { readonly do: 'hear the agent out' | 'wait for a key' | 'record' | 'hang up' };

export interface Course {
  readonly title: string;
  readonly steps: readonly Step[];
  readonly ends: { readonly type: BriefingResult['type']; readonly via?: string };
  /** The words at which a yes by voice connects. Default the last ones. */
  readonly connectsAt?: string;
  /** The caller's name must not be said. Default false. */
  readonly isUntold?: boolean;
  /** The line is silent for longer than the agent waits for a first word. Default false. */
  readonly isSilentFirst?: boolean;
  /** Kinds of waits, in order. Default none. */
  readonly waits?: readonly string[];
  /** Played in `npm test` too. Default false. */
  readonly isInEveryRun?: boolean;
  /** The quality of the line. Default perfect. */
  readonly line?: 'G.711' | 'echo' | 'noise';
}

const say = (speak: string): Step => ({ speak });
const over = (talkOver: string, afterMs: number): Step => ({ talkOver, afterMs });
const pause = (waitMs: number): Step => ({ waitMs });
const told: Step = { do: 'hear the agent out' };
const yes = [told, say('Yes please put her through.')];
const accepted = { type: 'accepted', via: 'voice' } as const;
const hangUp: Step = { do: 'hang up' };
const ANN = say('Ann speaking.');
const BUSY = 'All of our agents are busy so please hold the line.';
const MENU = say('For sales press 1 and for support you should press 2 now.');
const SCREENING = say('Please record your name and your reason for calling and wait.');
const MESSAGE = 'I am not here so please leave a message after the tone.';

/** Thirty courses of people and recordings on a line. */
export const courses: readonly Course[] = [
  { title: 'a person who says who they are and then yes', steps: [ANN, ...yes], ends: accepted },
  { title: 'a person who says "sure"', steps: [ANN, told, say('Sure go ahead.')], ends: accepted },
  { title: 'a person who answers without a word', steps: yes, ends: accepted, isSilentFirst: true },
  { title: 'a person who says hello twice', steps: [say('Hello? Hello?'), ...yes], ends: accepted },
  { title: 'a person who speaks with a pause', steps: [say('Acme. Ann speaking.'), ...yes], ends: accepted },
  { title: 'a person who coughs first', steps: [{ noise: 'cough' }, pause(900), ANN, ...yes], ends: accepted },
  { title: 'a person who greets at length', steps: [say('Good morning and thank you for calling the claims department of Acme.'), told, say('Yes I am here.'), ...yes], ends: accepted },
  { title: 'a person who interrupts with a yes', steps: [ANN, over('Yes put her through.', 3_000)], ends: accepted, isInEveryRun: true },
  { title: 'a person who listens with an mm-hm', steps: [ANN, pause(2_500), { noise: 'mm-hm' }, pause(1_000), ...yes], ends: accepted, isInEveryRun: true },
  { title: 'a person who asks who it is first', steps: [ANN, told, say('Who is it?'), ...yes], ends: accepted },
  { title: 'a person who asks for a moment first', steps: [ANN, told, say('One moment please.'), pause(4_000), say('Yes put her through.')], ends: accepted },
  { title: 'a person who says yes twice', steps: [ANN, told, say('Yes. Yes please.')], ends: accepted, connectsAt: 'Yes.' },
  { title: 'a person who says no', steps: [ANN, told, say('No.'), told, hangUp], ends: { type: 'disconnected' } },
  { title: 'a person who is too busy', steps: [ANN, told, say('I am in a meeting.'), told, hangUp], ends: { type: 'disconnected' } },
  { title: 'a person who changes their mind', steps: [ANN, told, say('Yes no wait not now.'), told, hangUp], ends: { type: 'disconnected' } },
  { title: 'a person who presses 1 over the headline', steps: [ANN, pause(1_500), { press: '1' }], ends: { type: 'accepted', via: 'key' } },
  { title: 'a person who presses 2', steps: [ANN, told, { press: '2' }], ends: { type: 'declined', via: 'key' }, isInEveryRun: true },
  { title: 'a person who hangs up over the headline', steps: [ANN, pause(1_500), hangUp], ends: { type: 'disconnected' }, isInEveryRun: true },
  { title: 'a person on a line of G.711', steps: [ANN, ...yes], ends: accepted, line: 'G.711', isInEveryRun: true },
  { title: 'a person on a line with an echo', steps: [ANN, ...yes], ends: accepted, line: 'echo' },
  { title: 'a person on a line with noise', steps: [ANN, ...yes], ends: accepted, line: 'noise' },
  { title: 'a voicemail box', steps: [say('You have reached the voicemail of Ann Miller so leave a message.'), { do: 'record' }], ends: { type: 'voicemail' }, isUntold: true },
  { title: 'a voicemail box that says hello first', steps: [say(`Hello. ${MESSAGE}`), { do: 'record' }], ends: { type: 'voicemail' }, isUntold: true },
  { title: 'a voicemail box that says a name first', steps: [say(`Ann speaking. ${MESSAGE}`), { do: 'record' }], ends: { type: 'voicemail' }, isUntold: true },
  { title: 'a voicemail box with a short greeting', steps: [say('Leave a message.'), { do: 'record' }], ends: { type: 'voicemail' }, isUntold: true, isInEveryRun: true },
  { title: 'a queue that is silent first, then a person', steps: [pause(1_200), say(BUSY), { musicMs: 4_000 }, say('You are number two in line.'), { musicMs: 3_000 }, ANN, ...yes], ends: accepted, waits: ['queue', 'null'], isSilentFirst: true },
  { title: 'a queue behind a short welcome', steps: [say(`Welcome to Acme. ${BUSY}`), { musicMs: 4_000 }, ANN, ...yes], ends: accepted, waits: ['queue', 'null'] },
  { title: 'a queue, then a voicemail box', steps: [say(BUSY), { musicMs: 4_000 }, say(MESSAGE), { do: 'record' }], ends: { type: 'voicemail' }, isUntold: true, waits: ['queue', 'null'] },
  { title: 'a menu, then a person', steps: [MENU, { do: 'wait for a key' }, pause(2_000), ANN, ...yes], ends: accepted, waits: ['menu', 'null'] },
  { title: 'a call screening, then a person', steps: [SCREENING, told, pause(2_500), ANN, ...yes], ends: accepted, waits: ['screening', 'null'] },
]; // prettier-ignore

/** Returns the transcripts of a step, one utterance after the other. */
export function sentencesOf(step: Step): string[] {
  if ('speak' in step) return step.speak.split(/(?<=[.?!]) /);
  if ('talkOver' in step) return [step.talkOver];
  return 'noise' in step ? [{ cough: '', 'mm-hm': 'Mm-hm.' }[step.noise]] : [];
}
