import type { LineOptions } from '@org/phone-lab';
import type { MergeSide } from '../../src/merge/merge-result.ts';
import { type Way, ways } from './merge-by.ts';
import type { Person } from './person.ts';
import { pause } from './until.ts';

/** The situation of a caller or a human agent during a merge, in which the merge must not fail. */
interface Situation {
  /** Follows "a caller who" or "a human agent who". */
  readonly name: string;
  /** The codec and quality of the phone call. Default {@link telephone}. */
  readonly line?: LineOptions;
  /** Whether the party speaks all the time, also on a leg that a promotion brings. */
  readonly speaks?: boolean;
  /** Whether the party is in a browser, if the way of merging permits it. */
  readonly inBrowser?: boolean;
  /** Whether two recorders are in the party's room: one subscribes to everything, one to nothing. */
  readonly recorded?: boolean;
  /** Brings the party into the situation. */
  readonly before?: (person: Person) => Promise<void>;
  /** Starts as soon as the merge has started. */
  readonly during?: (person: Person) => Promise<void>;
  /** Ends the situation: afterwards the party sounds. */
  readonly after: (person: Person) => Promise<void>;
  /** Whether no packets arrive from the party, which is a warning of the merge. */
  readonly warns?: boolean;
}

export interface Cell {
  readonly way: Way;
  readonly side: MergeSide;
  readonly situation: Situation;
}

/** A call that sends packets during silence as well. */
export const telephone: LineOptions = { codec: 'pcmu' };

const speaks = async ({ phone }: Person): Promise<void> => phone.tone();

/** A sound that ended so long ago that nothing is heard any more, although WebRTC's statistics still show it. */
const hasJustStopped = (agoMs: number): Situation => ({
  name: `stopped speaking ${agoMs} ms ago`,
  before: async ({ phone }) => {
    phone.tone();
    await pause(400);
    phone.quiet();
    await pause(agoMs);
  },
  after: speaks,
});

const situations: readonly Situation[] = [
  { name: 'is speaking', speaks: true, after: speaks },
  hasJustStopped(300),
  hasJustStopped(500),
  hasJustStopped(700),
  { name: 'says nothing', after: speaks },
  {
    name: 'has pressed the hold key of their phone',
    before: async ({ phone }) => {
      phone.tone();
      await phone.hold();
      // Audio on its way has arrived by then.
      await pause(500);
    },
    after: async ({ phone }) => {
      await phone.resume();
      phone.tone();
    },
    warns: true,
  },
  {
    name: 'has said yes on a phone that suppresses silence',
    line: { silenceSuppression: true },
    before: async ({ phone }) => {
      await phone.speak('Yes, please.');
      await pause(800);
    },
    after: speaks,
    warns: true,
  },
  {
    name: 'is muted',
    inBrowser: true,
    before: (person) => person.mute(true),
    after: (person) => person.mute(false),
  },
  {
    name: 'mutes themselves at that moment',
    inBrowser: true,
    before: (person) => person.mute(false),
    during: (person) => person.mute(true),
    after: (person) => person.mute(false),
  },
  { name: 'coughs', during: ({ phone }) => phone.cough(), after: speaks },
  { name: 'is where it is noisy', line: { ...telephone, comfortNoise: -45 }, after: speaks },
  { name: 'loses every tenth packet', line: { ...telephone, lossPercent: 10 }, speaks: true, after: speaks },
  { name: 'is recorded', recorded: true, speaks: true, after: speaks },
];

export const cells: readonly Cell[] = ways.flatMap((way) =>
  situations.flatMap((situation) => [
    { way, side: 'caller' as const, situation },
    { way, side: 'human' as const, situation },
  ]),
);

/** Returns a cell by its title. */
export function cellOf(title: string): Cell {
  const found = cells.find((cell) => titleOf(cell) === title);
  if (!found) throw new Error(`no cell: ${title}`);
  return found;
}

/** Returns the title of a cell. */
export function titleOf({ way, side, situation }: Cell): string {
  const by = way === 'promotion' ? 'a bridge that is promoted' : `a ${way}`;
  return `${by} connects a ${side === 'human' ? 'human agent' : side} who ${situation.name}`;
}
