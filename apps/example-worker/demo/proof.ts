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

/** What is heard is counted in windows of this length. */
const WINDOW_MS = 100;

/** On a busy machine a frame comes late and leaves a click, which is nobody's sound. */
const CLICKS_MS = 200;

interface Rule {
  readonly phase: string;
  readonly listener: 'caller' | 'human agent';
  /** Whom they hear; nobody and nothing else. */
  readonly hears: string;
  /** In at least this part of the phase: music and phones never pause, an agent does. */
  readonly share: number;
}

const rules: readonly Rule[] = [
  { phase: 'on hold', listener: 'caller', hears: parties.hold.name, share: 0.9 },
  { phase: 'briefing', listener: 'caller', hears: parties.hold.name, share: 0.9 },
  { phase: 'briefing', listener: 'human agent', hears: parties.briefing.name, share: 0.2 },
  { phase: 'connected', listener: 'caller', hears: parties.human.name, share: 0.9 },
  { phase: 'connected', listener: 'human agent', hears: parties.caller.name, share: 0.9 },
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

function judge(rule: Rule, phases: readonly Phase[], heard: WhoHeardWhom): string[] {
  const phase = phases.find(({ name }) => name === rule.phase);
  const row = heard[rule.phase]?.[rule.listener];
  if (phase === undefined || row === undefined) return [`there was no phase "${rule.phase}"`];
  const where = `the ${rule.listener}, in the phase "${rule.phase}",`;
  return Object.entries(row).flatMap(([party, ms]) => {
    if (party === 'other' && ms <= CLICKS_MS) return [];
    if (party !== rule.hears) return ms > 0 ? [`${where} heard ${party} for ${ms} ms`] : [];
    const wanted = Math.floor(((phase.to - phase.from) * rule.share) / WINDOW_MS) * WINDOW_MS;
    return ms < wanted ? [`${where} heard ${party} for ${ms} ms only, of at least ${wanted}`] : [];
  });
}
