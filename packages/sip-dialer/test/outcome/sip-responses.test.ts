import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explainSipStatus, SipDialer } from '../../src/index.js';
import type { DialFailureStatus } from '../../src/outcome/dial-outcome.js';
import { sipResponses } from '../../src/outcome/sip-responses.js';
import { ScriptedServer, scriptedTrunk, ScriptedClock } from '../../src/testing.js';

/** As the RFCs number them; kept apart from the table under test. */
const rfc3261 = [
  [300, 301, 302, 305, 380],
  [400, 401, 402, 403, 404, 405, 406, 407, 408, 410, 413, 414, 415, 416, 420, 421, 423],
  [480, 481, 482, 483, 484, 485, 486, 487, 488, 491, 493],
  [500, 501, 502, 503, 504, 505, 513],
  [600, 603, 604, 606],
].flat();
const laterRfcs = [
  [412, 417, 422, 424, 425, 428, 429, 430, 433, 436, 437, 438, 439, 440, 469, 470, 489, 494],
  [555, 580, 607, 608],
].flat();
const rows = [...sipResponses].map(([code, response]) => ({ code, ...response }));

const sorted = (codes: number[]): number[] => codes.toSorted((a, b) => a - b);

test('every failure of RFC 3261 and of the later RFCs has a row, once, and nothing else has', () => {
  expect(sorted([...sipResponses.keys()])).toEqual(sorted([...rfc3261, ...laterRfcs]));
});

describe('each status', () => {
  test.each(rows)('$code $phrase is $status, retryable: $retryable', async ({ code, phrase, status, retryable }) => {
    const clock = new ScriptedClock();
    const server = new ScriptedServer({ clock });
    server.phones.set('100', { does: 'reject', sipStatusCode: code, afterMs: 60 });
    const dialer = new SipDialer({ sip: server.sip, rooms: server.rooms }, clock);
    const request = { to: '100', roomName: 'room', participantIdentity: 'human', trunkId: scriptedTrunk };
    const outcome = await clock.settle(dialer.dial(request));
    expect(outcome).toMatchObject({ status, retryable, sipStatusCode: code, sipStatus: phrase });
    expect(outcome).not.toHaveProperty('certainty');
  });

  test('has a reason in one line, without a full stop', () => {
    for (const { code, reason } of rows) expect(reason, String(code)).toMatch(/^[a-z][^\n.]{10,80}$/);
  });
});

test('what may go better later is busy, unanswered, out of service, or a trouble that passes; a refusal never is', () => {
  const retryable = new Set<DialFailureStatus>(['busy', 'no-answer', 'unreachable']);
  const plain = rows.filter(({ status }) => status !== 'failed');
  for (const row of plain) expect(row.retryable, String(row.code)).toBe(retryable.has(row.status));
  const passing = rows.filter((row) => row.status === 'failed' && row.retryable).map(({ code }) => code);
  expect(sorted(passing)).toEqual([481, 487, 491, 500, 580]);
});

test('a code that no RFC knows has the meaning of its class, and a number that is no such code is failed for good', () => {
  const byClass: Record<number, [DialFailureStatus, boolean]> = {
    3: ['failed', false],
    4: ['failed', false],
    5: ['failed', true],
    6: ['declined', false],
  };
  const anything = fc.oneof(fc.integer({ min: 300, max: 699 }), fc.integer(), fc.double());
  fc.assert(
    fc.property(anything, (code) => {
      fc.pre(!sipResponses.has(code));
      const [status, retryable] = byClass[Math.floor(code / 100)] ?? ['failed', false];
      expect(explainSipStatus(code)).toMatchObject({ status, retryable });
    }),
    { numRuns: 1_000 },
  );
});

test('the outcome table of the reference names the codes of each outcome', () => {
  const table =
    readFileSync('../../docs/reference/sip-dialer.md', 'utf8').split('## Outcomes')[1]?.split('\n## ')[0] ?? '';
  for (const status of new Set(rows.map((row) => row.status))) {
    const line = table.split('\n').find((text) => text.startsWith(`| \`${status}\``)) ?? '';
    const named = [...line.matchAll(/\b[3-6]\d\d\b/g)].map(([code]) => Number(code));
    // `failed` is all the rest: there the table names those that may go better later.
    const meant = rows.filter((row) => row.status === status && (status !== 'failed' || row.retryable));
    expect(sorted(named)).toEqual(sorted(meant.map(({ code }) => code)));
  }
});
