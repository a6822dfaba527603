import { beforeAll, expect, it } from 'vitest';
import { type OutageName, outages } from '../outage/outages.js';
import { drawResult, resultColumns, runOutage } from '../outage/run-outage.js';
import { type StageName, stages } from '../outage/stages.js';

/** Stages in which an outage is another than in all others, or none. */
const without: Readonly<Partial<Record<OutageName, readonly StageName[]>>> = {
  'consult room lost': ['joined by a move'],
  // A ringing phone cannot be hung up by its user; and a merge is over sooner.
  'hang-up while the server is down': ['ringing', 'a second target rings', 'merging'],
};
const cells = (Object.keys(outages) as OutageName[]).flatMap((outage) =>
  (Object.keys(stages) as StageName[])
    .filter((stage) => without[outage]?.includes(stage) !== true)
    .map((stage) => ({ outage, stage })),
);

it.each(cells)(
  'a $outage ($stage) leaves no party in silence, and nothing behind',
  async ({ stage, outage }) => {
    const result = await runOutage(stage, outage);
    process.stdout.write(`${drawResult(result)}\n`);
    expect(result).toMatchObject({ unserved: [], left: [] });
    expect(['stranded', 'silent', 'unknown']).not.toContain(result.caller);
    // Clients try again every five seconds.
    expect(result.holdMs ?? 0).toBeLessThan(20_000);
  },
  300_000,
);

beforeAll(() => void process.stdout.write(`${resultColumns.join(' | ')}\n`));
