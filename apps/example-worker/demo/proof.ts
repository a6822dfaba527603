import { whoHeardWhom, type Leftover, type Phase, type WhoHeardWhom } from '@org/phone-lab';
import { parties } from '../lab/parties.js';
import type { Story } from './story.js';
import { timelineOf, type Timeline } from './timeline.js';

export interface Proof {
  readonly timeline: Timeline;
  /** Milliseconds heard, by phase, listener and party. */
  readonly heard: WhoHeardWhom;
  readonly leftovers: readonly Leftover[];
  /** What was not as it should be; empty is a proof. */
  readonly faults: readonly string[];
}

/** A phase changes while sound is on its way: this much of each end of a phase is not judged. */
const EDGE_MS = 400;
/** A party that must be heard is heard in at least this part of the phase. */
const ENOUGH = 0.5;

type Listener = 'caller' | 'human agent';

/** In this phase this listener hears these parties and nothing else. */
const rules: readonly { phase: string; listener: Listener; hears: readonly string[] }[] = [
  { phase: 'on hold', listener: 'caller', hears: [parties.hold.name] },
  { phase: 'briefing', listener: 'caller', hears: [parties.hold.name] },
  { phase: 'briefing', listener: 'human agent', hears: [parties.briefing.name] },
  { phase: 'connected', listener: 'caller', hears: [parties.human.name] },
  { phase: 'connected', listener: 'human agent', hears: [parties.caller.name] },
];

export function prove(story: Story, leftovers: readonly Leftover[]): Proof {
  const timeline = timelineOf(story);
  const phases = phasesOf(timeline);
  const heard = whoHeardWhom(
    { caller: story.callerEar, 'human agent': story.humanEar },
    Object.values(parties),
    phases,
  );
  const faults = [
    ...Object.entries(timeline).flatMap(([moment, at]) => (at === undefined ? [`never happened: ${moment}`] : [])),
    ...rules.flatMap((rule) => judge(rule, phases, heard)),
    ...leftovers.map(({ what }) => `left over: ${what}`),
  ];
  return { timeline, heard, leftovers, faults };
}

function phasesOf(timeline: Timeline): readonly Phase[] {
  const bounds: [string, number | undefined, number | undefined][] = [
    ['on hold', timeline['hold audible'], timeline.answered],
    ['briefing', timeline.answered, timeline.accepted],
    ['connected', timeline['both audible'], timeline.ended],
  ];
  return bounds.flatMap(([name, from, to]) =>
    from === undefined || to === undefined || to - from <= 2 * EDGE_MS
      ? []
      : [{ name, from: from + EDGE_MS, to: to - EDGE_MS }],
  );
}

function judge(rule: (typeof rules)[number], phases: readonly Phase[], heard: WhoHeardWhom): string[] {
  const phase = phases.find(({ name }) => name === rule.phase);
  const row = heard[rule.phase]?.[rule.listener];
  if (phase === undefined || row === undefined) return [`there was no phase "${rule.phase}"`];
  const where = `the ${rule.listener}, in the phase "${rule.phase}",`;
  return Object.entries(row).flatMap(([party, ms]) => {
    if (!rule.hears.includes(party)) return ms > 0 ? [`${where} heard ${party} for ${ms} ms`] : [];
    const wanted = Math.round((phase.to - phase.from) * ENOUGH);
    return ms < wanted ? [`${where} heard ${party} for ${ms} ms only, of at least ${wanted}`] : [];
  });
}
