import { describe, expect, test } from 'vitest';
import { expectReadmeToShow } from '../../../../vitest.readme.ts';
import {
  type DialOptions,
  type DialRequest,
  type DialStep,
  observeDial,
  type ObservedDial,
  SipDialer,
} from '../../src/index.js';
import { ScriptedDialer, type ScriptedPhone, ScriptedServer, scriptedTrunk, ScriptedClock } from '../../src/testing.js';
import { pause } from '../../src/clock.js';
import { keepALog } from '../readme-progress.js';

const base: DialRequest = { to: '100', roomName: 'room', participantIdentity: 'human', trunkId: scriptedTrunk };

function follow(phone: ScriptedPhone, options?: DialOptions): { clock: ScriptedClock; followed: ObservedDial } {
  const clock = new ScriptedClock();
  const server = new ScriptedServer({ clock });
  server.phones.set('100', phone);
  const dialer = new SipDialer({ sip: server.sip, rooms: server.rooms }, clock);
  return { clock, followed: observeDial(dialer, { ...base, watch: server.room('room') }, options) };
}

async function collect(followed: ObservedDial): Promise<DialStep[]> {
  const steps: DialStep[] = [];
  for await (const step of followed) steps.push(step);
  return steps;
}

describe('the steps of a call', () => {
  test('go from dialing to the end of the call, each with its moment', async () => {
    const { clock, followed } = follow({ does: 'answer', afterMs: 200, hangsUpAfterMs: 1_000 });
    expect(await clock.settle(collect(followed))).toMatchObject([
      { status: 'dialing', at: 30 },
      { status: 'ringing', at: 35 },
      { status: 'answered', at: 202, call: { identity: 'human' } },
      { status: 'ended', end: { by: 'phone' } },
    ]);
  });

  test('end with the reason why the phone was not answered', async () => {
    const { clock, followed } = follow({ does: 'reject', sipStatusCode: 486, afterMs: 200 });
    const steps = await clock.settle(collect(followed));
    expect(steps.map(({ status }) => status)).toEqual(['dialing', 'ringing', 'ended']);
    expect(steps.at(-1)).toEqual({ status: 'ended', at: clock.now(), failed: await followed.outcome });
    expect(await followed.outcome).toMatchObject({ status: 'busy' });
  });

  test('are one only when it was canceled before it began', async () => {
    const { clock, followed } = follow({ does: 'ring' }, { signal: AbortSignal.abort() });
    expect(await clock.settle(collect(followed))).toMatchObject([{ status: 'ended', failed: { status: 'canceled' } }]);
  });

  test('come as they happen, to every loop, and to one that begins late', async () => {
    const { clock, followed } = follow({ does: 'answer', afterMs: 200, hangsUpAfterMs: 1_000 });
    const seen: string[] = [];
    const looking = (async () => {
      for await (const { status } of followed) seen.push(status);
    })();
    await clock.advance(31);
    expect(seen).toEqual(['dialing']);
    await clock.advance(10);
    expect(seen).toEqual(['dialing', 'ringing']);
    await clock.advance(200);
    expect(seen).toEqual(['dialing', 'ringing', 'answered']);
    await clock.settle(looking);
    expect((await collect(followed)).map(({ status }) => status)).toEqual([...seen]);
    expect(seen.at(-1)).toBe('ended');
  });

  test('are all seen by a loop that takes its time over each', async () => {
    const { clock, followed } = follow({ does: 'answer', afterMs: 200, hangsUpAfterMs: 1_000 });
    const seen: string[] = [];
    const looking = (async () => {
      for await (const { status } of followed) {
        seen.push(status);
        await pause(clock, 5_000);
      }
    })();
    await clock.settle(looking);
    expect(seen).toEqual(['dialing', 'ringing', 'answered', 'ended']);
  });

  test('go on when a loop is left: the call is neither canceled nor hung up', async () => {
    const { clock, followed } = follow({ does: 'answer', afterMs: 200, hangsUpAfterMs: 1_000 });
    const leaving = (async () => {
      for await (const { status } of followed) if (status === 'ringing') break;
    })();
    await clock.settle(leaving);
    expect(await clock.settle(followed.outcome)).toMatchObject({ status: 'answered' });
    expect(await clock.settle(collect(followed))).toMatchObject([{}, {}, {}, { end: { by: 'phone' } }]);
  });

  test('are passed to onProgress too, but for the end', async () => {
    const seen: string[] = [];
    const onProgress = ({ status }: { status: string }): void => void seen.push(status);
    const { clock, followed } = follow({ does: 'answer', afterMs: 200, hangsUpAfterMs: 1_000 }, { onProgress });
    await clock.settle(collect(followed));
    expect(seen).toEqual(['dialing', 'ringing', 'answered']);
  });
});

test('a request that cannot be honored is thrown by the outcome and by every loop', async () => {
  const dialer = new ScriptedDialer();
  const followed = observeDial(dialer, { ...base, to: '' });
  const missing = { code: 'missing-option', option: 'to' };
  await expect(collect(followed)).rejects.toMatchObject(missing);
  await expect(collect(followed)).rejects.toMatchObject(missing);
  await expect(followed.outcome).rejects.toMatchObject(missing);
  expect(dialer.requests).toEqual([]);
});

test('the reference shows the example that runs here', () => {
  const readme = '../../docs/reference/sip-dialer.md';
  expectReadmeToShow(new URL('../readme-progress.ts', import.meta.url), { readme });
});

test('the example writes down how a call went', async () => {
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const dialer = new ScriptedDialer([{ status: 'busy' }]);
  await keepALog(dialer, base, log);
  expect(lines.splice(0)).toEqual(['dialing', 'ringing', 'ended', 'busy']);
  await keepALog(dialer, base, (line) => {
    log(line);
    if (line === 'answered') setImmediate(() => dialer.calls[0]?.end({ by: 'phone' }));
  });
  expect(lines).toEqual(['dialing', 'ringing', 'answered', 'ended', 'by phone']);
});
