import { whoHeardWhom, type Ear, type Leftover, type Phase, type Signature, type WhoHeardWhom } from '@org/phone-lab';
import { holdNotes, parties } from '../lab/parties.js';
import type { Story } from './story.js';
import { timelineOf, type Timeline } from './timeline.js';

export interface Proof {
  readonly timeline: Timeline;
  /** Milliseconds heard, by phase, listener and party. */
  readonly heard: WhoHeardWhom;
  readonly leftovers: readonly Leftover[];
  /** The deviations found; empty is a proof. */
  readonly faults: readonly string[];
}

/** Sound is on its way when a phase changes: a required sound may be missing for so long at each end. */
const EDGE_MS = 400;

/** A sound that was right until a phase began fades out (music), or is still on its way, for no longer than this. */
const FADED_MS = 800;

/** Sound is counted in windows of this length. */
const WINDOW_MS = 100;

/** On a busy machine a frame comes late and leaves a click, which is no party's sound. */
const CLICKS_MS = 200;

interface Rule {
  readonly phase: string;
  readonly listener: 'caller' | 'human agent';
  /** The party that they hear, and for at least which share of the phase: music and phones never pause, an agent does. */
  readonly hears?: { readonly party: string; readonly share: number };
  /** The parties that they may hear: no other party, and no other sound, not even a whisper at the first or last moment of the phase. */
  readonly mayHear?: readonly string[];
  /** The parties that rightly sounded until the phase began. */
  readonly fading?: readonly string[];
}

const { receptionist, hold, briefing, human, caller } = parties;

/** The parties that a whisper may come from. The music is looked for by its notes: they show more than its band does. */
const whispers: readonly Signature[] = [...Object.values(parties).filter((party) => party !== hold), holdNotes];

const rules: readonly Rule[] = [
  {
    phase: 'on hold',
    listener: 'caller',
    hears: { party: hold.name, share: 0.9 },
    fading: [receptionist.name],
  },
  { phase: 'briefing', listener: 'caller', hears: { party: hold.name, share: 0.9 } },
  { phase: 'briefing', listener: 'human agent', hears: { party: briefing.name, share: 0.2 } },
  { phase: 'merge', listener: 'caller', mayHear: [hold.name, human.name] },
  { phase: 'merge', listener: 'human agent', mayHear: [briefing.name, caller.name] },
  {
    phase: 'connected',
    listener: 'caller',
    hears: { party: human.name, share: 0.9 },
    fading: [hold.name],
  },
  {
    phase: 'connected',
    listener: 'human agent',
    hears: { party: caller.name, share: 0.9 },
    fading: [briefing.name],
  },
];

export function prove(story: Story, leftovers: readonly Leftover[]): Proof {
  const timeline = timelineOf(story);
  const phases = phasesOf(timeline);
  const ears = { caller: story.callerEar, 'human agent': story.humanEar };
  const heard = whoHeardWhom(ears, Object.values(parties), phases);
  const faults = [
    ...Object.entries(timeline).flatMap(([moment, at]) => (at === undefined ? [`never happened: ${moment}`] : [])),
    ...rules.flatMap((rule) => {
      const phase = phases.find(({ name }) => name === rule.phase);
      if (phase === undefined) return [`there was no phase "${rule.phase}"`];
      return [
        ...judgeHeard(rule, phase, heard[rule.phase]?.[rule.listener] ?? {}),
        ...judgeOther(rule, phase, ears[rule.listener]),
        ...judgeLeaks(rule, phase, ears[rule.listener]),
      ];
    }),
    ...leftovers.map(({ what }) => `left over: ${what}`),
  ];
  return { timeline, heard, leftovers, faults };
}

/** The phases follow one another, and none of their moments is left out. */
function phasesOf(timeline: Timeline): readonly Phase[] {
  const bounds: [string, number | undefined, number | undefined][] = [
    ['on hold', timeline['hold audible'], timeline.answered],
    ['briefing', timeline.answered, timeline.accepted],
    ['merge', timeline.accepted, timeline['both audible']],
    ['connected', timeline['both audible'], timeline.ended],
  ];
  return bounds.flatMap(([name, from, to]) => (from === undefined || to === undefined ? [] : [{ name, from, to }]));
}

function whereOf({ listener, phase }: Rule): string {
  return `the ${listener}, in the phase "${phase}",`;
}

/** Judges the sound that must be heard. */
function judgeHeard(rule: Rule, { from, to }: Phase, row: Readonly<Record<string, number>>): string[] {
  if (rule.hears === undefined) return [];
  const { party, share } = rule.hears;
  const wanted = Math.floor(((to - from - 2 * EDGE_MS) * share) / WINDOW_MS) * WINDOW_MS;
  if (wanted < WINDOW_MS) return [`the phase "${rule.phase}" lasted for ${to - from} ms only`];
  const ms = row[party] ?? 0;
  return ms < wanted ? [`${whereOf(rule)} heard ${party} for ${ms} ms only, of at least ${wanted}`] : [];
}

/** Judges sound that no party explains; the end of a sound that fades is no party's tone either. */
function judgeOther(rule: Rule, { from, to }: Phase, ear: Ear): string[] {
  const since = rule.fading === undefined ? from : from + FADED_MS;
  if (since >= to) return [];
  const windows = ear.timeline(Object.values(parties), WINDOW_MS, { from: since, to });
  const ms = windows.filter(({ other }) => other).length * WINDOW_MS;
  return ms > CLICKS_MS ? [`${whereOf(rule)} heard other for ${ms} ms`] : [];
}

/** Judges sound that must not be heard: the fault names each track that carried it, when, how loud and for how long. */
function judgeLeaks(rule: Rule, { from, to }: Phase, ear: Ear): string[] {
  const allowed = new Set([rule.hears?.party, ...(rule.mayHear ?? [])]);
  const forbidden = whispers.filter(({ name }) => !allowed.has(name));
  const isFading = (party: string, at: number): boolean =>
    rule.fading?.includes(party) === true && at < from + FADED_MS;
  return ear
    .leaks(forbidden, { from, to })
    .filter(({ party, at, forMs }) => !isFading(party, at + forMs))
    .map(({ party, publisher, trackName, at, forMs, levelDbfs }) => {
      const sound = `at ${Math.round(levelDbfs)} dBFS, ${Math.round(at - from)} ms after its beginning`;
      return `${whereOf(rule)} heard ${party} for ${forMs} ms ${sound}, in ${publisher}'s track "${trackName}"`;
    });
}
