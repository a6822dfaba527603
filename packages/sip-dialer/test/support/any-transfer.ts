import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { ScriptedTransfer } from '../../src/testing.js';
import { setUp } from './transfer-harness.js';

const afterMs = fc.integer({ min: 0, max: 40_000 });
const sipStatusCode = fc.integer({ min: 300, max: 699 });
const phone: fc.Arbitrary<ScriptedTransfer> = fc.oneof(
  fc.record({ does: fc.constant('go' as const), afterMs }),
  fc.record({ does: fc.constant('refuse' as const), sipStatusCode }),
  fc.record({ does: fc.constant('accept-and-fail' as const), sipStatusCode, afterMs }),
  fc.record({ does: fc.constant('nothing' as const) }),
);
const abortAtMs = fc.option(fc.integer({ min: 0, max: 45_000 }), { nil: undefined });
const limitMs = fc.integer({ min: 1_000, max: 40_000 });

/** Plays that many transfers, whatever the phone does and whenever they are aborted, and checks each. */
export function playAnyTransfers(numRuns: number): Promise<void> {
  return fc.assert(fc.asyncProperty(phone, abortAtMs, limitMs, play), { numRuns, endOnFailure: true });
}

async function play(does: ScriptedTransfer, abortAt: number | undefined, ringingTimeoutMs: number): Promise<void> {
  const { clock, server, transfer, here } = setUp(does);
  const abort = new AbortController();
  if (abortAt !== undefined) clock.after(abortAt, () => abort.abort());
  const result = await clock.settle(transfer({ ringingTimeoutMs }, abort.signal), ringingTimeoutMs + 14_000);
  const sent = result.status !== 'canceled' || result.sent;
  expect(server.transferRequests.length).toBe(sent ? 1 : 0);
  expect(sent || abortAt === 0 || abortAt === 1).toBe(true);
  expect(result.status === 'canceled').toBe(abortAt !== undefined && clock.now() === abortAt);
  expect(result.status === 'transferred' && here()).toBe(false);
  await clock.advance(90_000);
  expect(here()).toBe(does.does !== 'go' || !sent);
  expect(clock.pending).toBe(0);
}
