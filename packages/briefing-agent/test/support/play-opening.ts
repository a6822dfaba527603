import { englishBriefing } from '../../src/index.ts';
import { recordingReader } from '../../src/language/recording-reader.ts';
import type { OpeningEffect, TimedOpeningEvent } from '../../src/opening/opening-event.ts';
import { initialOpening, type OpeningState } from '../../src/opening/opening-state.ts';
import { transition } from '../../src/opening/transition.ts';

/** An utterance on the line, in seconds since the answer; the final transcript comes `late` seconds after the end. */
export interface Utterance {
  readonly from: number;
  readonly to: number;
  /** Empty: a sound without words. */
  readonly text: string;
  readonly late: number;
}

export const they = (from: number, to: number, text = '', late = 0.6): Utterance => ({ from, to, text, late });

export interface PlaySettings {
  readonly speakAfterMs?: number;
  /** Whether a VAD reports speech. Default true; otherwise only words come. */
  readonly sttReportsSpeechStart?: boolean;
  /** The time from the end of the speech to the end of a turn with known words, in seconds. */
  readonly turnAfter?: number;
  /** Whether there is DTMF for a menu. Default false. */
  readonly hasKeys?: boolean;
  /** Whether the agent's ear hears when the line becomes quiet. Default false: noise hides it. */
  readonly isQuiet?: boolean;
  /** How long to play the line after the answer, in seconds. Default 60. */
  readonly forS?: number;
}

/** An act of the opening. */
export type Act =
  | 'headline'
  | 'retracted'
  | 'areYouThere'
  | 'screening'
  | 'voicemail'
  | 'send-dtmf'
  | 'behind screening'
  | 'behind queue'
  | 'behind menu'
  | 'given up';

export interface Played {
  /** The acts and their times, in seconds. */
  readonly said: readonly (readonly [what: Act, at: number])[];
  /** The longest time for which a headline sounded, in seconds. */
  readonly headlineS: number;
  /** The turn taker at the end. */
  readonly turns: 'none' | 'tools' | 'model';
}

/** The delays with which the agent's ear reports sound and quiet, in seconds. */
const [SOUNDS_LATE, QUIET_LATE] = [0.14, 0.3];
/** The delays with which a VAD reports speech and its end, in seconds. */
const [STARTS_LATE, ENDS_LATE] = [0.1, 0.5];
/** An utterance of the agent; `isFixed`: the framework does not interrupt it. */
interface Ours {
  readonly what: keyof typeof LENGTH_S;
  readonly from: number;
  readonly until: number;
  readonly isHeardOut: boolean;
  readonly isFixed: boolean;
}
const LENGTH_S = { headline: 5, areYouThere: 1.2, screening: 3 } as const;

/** Plays a line on the reducer, with a virtual clock. */
export function play(line: readonly Utterance[], settings: PlaySettings = {}): Played {
  const {
    speakAfterMs = 800,
    sttReportsSpeechStart = true,
    turnAfter = 0.5,
    hasKeys = false,
    isQuiet = false,
  } = settings;
  const { forS = 60 } = settings;
  let state: OpeningState = initialOpening({
    speakAfterMs,
    screeningMs: 30_000,
    recordingIn: recordingReader(englishBriefing, { hasKeys }),
    startsEarly: isQuiet,
  });
  let turns: Played['turns'] = 'none';
  let wait: number | undefined;
  /** The current speech of the agent. */
  let ours: Ours | undefined;
  let headlineS = 0;
  const said: (readonly [Act, number])[] = [];
  const queue: TimedOpeningEvent[] = [
    { type: 'begin', at: 0 },
    ...line.flatMap((one, at) => eventsOf(one, [line[at - 1], line[at + 1]], { sttReportsSpeechStart, turnAfter })),
    ...(isQuiet ? line.flatMap((one, at) => soundsOf(one, [line[at - 1], line[at + 1]])) : []),
  ];
  const sounding = (at: number): boolean => line.some(({ from, to }) => from * 1000 + 100 <= at && at < to * 1000);

  const silenced = (at: number): void => {
    if (ours?.what === 'headline') headlineS = Math.max(headlineS, (at - ours.from) / 1000);
    ours = undefined;
  };
  const perform = (effect: OpeningEffect, at: number): void => {
    if (effect.type === 'set-turn-taker') turns = effect.turnTaker;
    else if (effect.type === 'set-timer') wait = effect.forMs === null ? undefined : at + effect.forMs;
    else if (effect.type === 'wait-behind') said.push([`behind ${effect.by}`, at / 1000]);
    else if (effect.type === 'voicemail-detected') said.push(['voicemail', at / 1000]);
    else if (effect.type === 'send-dtmf') said.push(['send-dtmf', at / 1000]);
    else if (effect.type === 'give-up') said.push(['given up', at / 1000]);
    else if (effect.type === 'keep') ours = ours && { ...ours, isFixed: false };
    else if (effect.type === 'retract') {
      said.push(['retracted', at / 1000]);
      silenced(at);
      queue.push({ type: 'agent-speaking', now: false, at });
    } else if (effect.type === 'say' || effect.type === 'presume') {
      const what = effect.type === 'say' ? effect.what : 'headline';
      if (sttReportsSpeechStart && sounding(at)) throw new Error(`we speak at ${at} while the line does`);
      said.push([what, at / 1000]);
      silenced(at);
      const isFixed = effect.type === 'presume';
      ours = { what, from: at, until: at + LENGTH_S[what] * 1000, isHeardOut: true, isFixed };
      queue.push({ type: 'agent-speaking', now: true, at: at + 1 });
    }
  };
  const post = (event: TimedOpeningEvent): void => {
    const step = transition(state, event);
    state = step.state;
    for (const effect of step.effects) perform(effect, event.at);
  };
  const endOurs = (at: number, isQuestion: boolean): void => {
    silenced(at);
    post({ type: 'agent-speaking', now: false, at });
    post({ type: 'agent-said', isQuestion, at });
  };

  for (;;) {
    queue.sort((a, b) => a.at - b.at);
    const next = Math.min(queue[0]?.at ?? Infinity, wait ?? Infinity, ours?.until ?? Infinity);
    if (next > forS * 1000) return { said, turns, headlineS };
    if (next === ours?.until) endOurs(next, ours.isHeardOut);
    else if (next === wait) {
      wait = undefined;
      post({ type: 'timer-elapsed', at: next });
    } else {
      const event = queue.shift() as TimedOpeningEvent;
      // The framework skips a turn that cannot interrupt, and interrupts all other speech at its end, before it passes the turn on.
      if (event.type === 'turn-ended' && ours?.isFixed === true) continue;
      if (event.type === 'turn-ended' && ours !== undefined) endOurs(event.at, false);
      // It also interrupts when the line speaks for half a second.
      if (event.type === 'line-speaking' && event.now && ours?.isFixed === false && ours.until > event.at + 500)
        ours = { ...ours, until: event.at + 500, isHeardOut: false };
      post(event);
    }
  }
}

function eventsOf(
  { from, to, text, late }: Utterance,
  [before, next]: readonly [Utterance | undefined, Utterance | undefined],
  { sttReportsSpeechStart, turnAfter }: { readonly sttReportsSpeechStart: boolean; readonly turnAfter: number },
): TimedOpeningEvent[] {
  const goesOn = next !== undefined && next.from < to + ENDS_LATE;
  const isNew = before === undefined || from >= before.to + ENDS_LATE;
  const events: TimedOpeningEvent[] = [];
  if (sttReportsSpeechStart && isNew)
    events.push({ type: 'line-speaking', now: true, at: (from + STARTS_LATE) * 1000 });
  if (sttReportsSpeechStart && !goesOn) events.push({ type: 'line-speaking', now: false, at: (to + ENDS_LATE) * 1000 });
  if (text === '') return events;
  events.push({ type: 'line-words', text, at: (to + late) * 1000 });
  if (!goesOn) events.push({ type: 'turn-ended', at: (to + Math.max(late, turnAfter)) * 1000 + 20 });
  return events;
}

/** Returns the reports of the agent's ear about an utterance, or any other sound. */
function soundsOf(
  { from, to }: Utterance,
  [before, next]: readonly [Utterance | undefined, Utterance | undefined],
): TimedOpeningEvent[] {
  const isNew = before === undefined || from >= before.to + QUIET_LATE;
  const goesOn = next !== undefined && next.from < to + QUIET_LATE;
  const forMs = (to - from + QUIET_LATE - SOUNDS_LATE) * 1000;
  return [
    ...(isNew ? [{ type: 'line-sound', now: true, forMs: 0, at: (from + SOUNDS_LATE) * 1000 } as const] : []),
    ...(goesOn ? [] : [{ type: 'line-sound', now: false, forMs, at: (to + QUIET_LATE) * 1000 } as const]),
  ];
}
