import type { TimedEvent } from '../../../src/decision/briefing-event.ts';
import { type BriefingState, initialBriefing } from '../../../src/decision/briefing-state.ts';
import type { BriefingEffect } from '../../../src/decision/step.ts';
import { transition } from '../../../src/decision/transition.ts';
import { englishBriefing, frenchBriefing, germanBriefing, spanishBriefing } from '../../../src/index.ts';
import { ConsentReader } from '../../../src/language/consent-reader.ts';
import { defaultKeys } from '../../../src/options/keys.ts';
import type { Course, CourseStep, CourseVerdict } from './course.ts';

/** The delays with which a VAD reports speech and its end, in seconds. */
const [STARTS_LATE, ENDS_LATE] = [0.1, 0.5];
const OPINION_AFTER = 0.35;

const readers = new Map(
  [englishBriefing, germanBriefing, spanishBriefing, frenchBriefing].map((language) => [
    language.name,
    new ConsentReader(language.consent),
  ]),
);
const noReader = new ConsentReader(undefined);

export interface Played {
  readonly verdicts: readonly CourseVerdict[];
  /** The times from each call of the model to its reply, in milliseconds. */
  readonly waitsMs: readonly number[];
  readonly state: BriefingState;
}

/** Plays a course on the reducer, with a virtual clock. */
export function play(course: Course): Played {
  const { steps, opinions, language } = course;
  const reader = readers.get(language) ?? noReader;
  const rules = { keys: defaultKeys, reader, hasOpinion: opinions !== 'off', hasWords: true };
  let state = initialBriefing(rules);
  const queue: TimedEvent[] = [{ type: 'answered', at: 0 }, ...steps.flatMap((step) => eventsOf(step, reader))];
  const verdicts: CourseVerdict[] = [];
  const waitsMs: number[] = [];
  let calledAt = 0;
  for (;;) {
    queue.sort((a, b) => a.at - b.at);
    const event = queue.shift();
    if (event === undefined) break;
    if (event.type === 'accept-called') {
      if (state.phase === 'decided') {
        verdicts.push(state.decision.type === 'accepted' ? 'accepted' : 'refused');
        continue;
      }
      calledAt = event.at;
    }
    const step = transition(state, event);
    state = step.state;
    for (const effect of step.effects) {
      if (effect.type === 'reply' && effect.to === 'accept') {
        verdicts.push(verdictOf(effect));
        waitsMs.push(event.at - calledAt);
      }
      const answer = answerTo(effect, course, event.at);
      if (answer?.type === 'timer-elapsed') drop(queue, 'timer-elapsed');
      if (answer !== undefined) queue.push(answer);
    }
  }
  return { verdicts, waitsMs, state };
}

function drop(queue: TimedEvent[], type: TimedEvent['type']): void {
  const at = queue.findIndex((event) => event.type === type);
  if (at >= 0) queue.splice(at, 1);
}

function answerTo(effect: BriefingEffect, { opinions }: Course, at: number): TimedEvent | undefined {
  if (effect.type === 'set-timer') return { type: 'timer-elapsed', at: at + effect.forMs };
  if (effect.type !== 'ask-opinion' || opinions === 'off') return undefined;
  const { [effect.words]: given = 'unclear' } = opinions;
  if (given === null) return undefined;
  const [opinion, after] = typeof given === 'string' ? [given, OPINION_AFTER] : given;
  return { type: 'opinion', request: effect.request, opinion, at: at + after * 1000 };
}

function verdictOf({ refusal }: Extract<BriefingEffect, { type: 'reply' }>): CourseVerdict {
  switch (refusal?.kind) {
    case undefined:
      return 'accepted';
    case 'unheard':
    case 'unclear':
      return 'asked again';
    case 'key':
      return 'key asked';
    default:
      return 'refused';
  }
}

function eventsOf(step: CourseStep, reader: ConsentReader): TimedEvent[] {
  switch (step.type) {
    case 'we':
      return [
        { type: 'agent-speaking', now: true, at: step.from * 1000 },
        { type: 'agent-speaking', now: false, at: step.to * 1000 },
        { type: 'agent-asked', question: reader.questionIn(step.text), at: step.to * 1000 + 20 },
      ];
    case 'they': {
      const { from, to, text, late } = step;
      const sounds: TimedEvent[] = [
        { type: 'line-speaking', now: true, at: (from + STARTS_LATE) * 1000 },
        { type: 'line-speaking', now: false, at: (to + ENDS_LATE) * 1000 },
      ];
      return text === '' ? sounds : [...sounds, { type: 'line-words', text, at: (to + late) * 1000 }];
    }
    case 'connect':
      return [
        { type: 'accept-called', at: step.at * 1000, ...(step.quote === undefined ? {} : { quote: step.quote }) },
      ];
    case 'press':
      return [{ type: 'key', digit: step.digit, at: step.at * 1000 }];
    case 'voicemail-detected':
      return [{ type: 'voicemail-detected', at: step.at * 1000 }];
  }
}
