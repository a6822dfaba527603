import { fork } from 'node:child_process';
import { type PhoneCall, type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { SipClient } from 'livekit-server-sdk';
import { expect } from 'vitest';
import { createMerge, sweepConsultRooms, type SweepItem, type SweepOptions } from '../../src/index.ts';
import { createFixture, fresh, humanIdentity, serviceOf, untilTalking, voices } from './fixture.ts';
import { until } from './until.ts';

export const phases = ['created', 'joined', 'ringing', 'held', 'prepared', 'merged', 'promoting'] as const;

export type Phase = (typeof phases)[number];

/** The number of workers that start at the same time. */
const atOnce = 3;

interface Orphaned {
  readonly phase: Phase;
  readonly room: string;
  readonly caller: PhoneCall;
  readonly human: PhoneCall | undefined;
}

/** Starts a worker that goes as far as `phase` with a transfer, and kills it by SIGKILL. */
async function killWorkerIn(lab: PhoneLab, phase: Phase, number: string): Promise<Orphaned> {
  const callerRoomName = fresh('caller-room');
  const phone = lab.phone(number, async (call) => {
    if (phase === 'ringing') return call.neverAnswer();
    await call.answer();
    call.onRefer('silence');
    call.tone(voices.human);
  });
  const caller = await lab.call({
    from: '+15550101111',
    roomName: callerRoomName,
    identity: 'caller',
    script: async (call) => {
      await call.connected();
      call.tone(voices.caller);
    },
  });
  const { url, apiKey, apiSecret, trunkId } = lab;
  const order = JSON.stringify({ url, apiKey, apiSecret, trunkId, callerRoomName, number, phase });
  const worker = fork(new URL('worker-to-kill.mjs', import.meta.url), [order], {
    stdio: 'inherit',
    execArgv: [],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const exited = new Promise((resolve) => {
    worker.once('exit', resolve);
  });
  const room = await new Promise<string>((resolve, reject) => {
    worker.once('message', (message) => resolve((message as { room: string }).room));
    void exited.then(() => reject(new Error(`the worker ended before it was ${phase}`)));
  });
  worker.kill('SIGKILL');
  await exited;
  const isDialed = phase !== 'created' && phase !== 'joined';
  return { phase, room, caller, human: isDialed ? await phone.nextCall() : undefined };
}

function sweep(lab: PhoneLab, options: Partial<SweepOptions> = {}): Promise<readonly SweepItem[]> {
  const { url, apiKey, apiSecret } = lab;
  return sweepConsultRooms({ url, apiKey, apiSecret, olderThanMs: 0, graceMs: 1_000, ...options });
}

async function roomsListed(lab: PhoneLab, names: readonly string[]): Promise<string[]> {
  return (await serviceOf(lab).listRooms([...names])).map(({ name }) => name);
}

/**
 * Kills workers in these phases of a transfer, beside a call that continues, and expects that a sweep deletes what they
 * left.
 */
export async function expectSweptAfterKilling(killedIn: readonly Phase[]): Promise<void> {
  await using lab = await startPhoneLab();
  await using fixture = await createFixture(lab);
  const liveHuman = await fixture.dialHuman();
  const { callerRoom, consultRoom } = fixture;
  await using merge = createMerge({ callerRoom, callerIdentity: 'caller', consultRoom, humanIdentity });
  expect(await merge.merge()).toMatchObject({ merged: true });

  const kills = killedIn.map((phase, index) => () => killWorkerIn(lab, phase, `+1555010700${index}`));
  const orphaned: Orphaned[] = [];
  for (let at = 0; at < kills.length; at += atOnce) {
    orphaned.push(...(await Promise.all(kills.slice(at, at + atOnce).map((kill) => kill()))));
  }
  const names = orphaned.map(({ room }) => room);
  const sip = new SipClient(lab.url.replace('ws', 'http'), lab.apiKey, lab.apiSecret, { failover: false });
  expect(await sip.listSipDispatchRule()).toHaveLength(killedIn.includes('promoting') ? 1 : 0);

  // As long as the callers are present, their rooms are kept.
  const kept = await sweep(lab, { dryRun: true });
  expect(kept.filter(({ kind }) => kind === 'room')).toHaveLength(names.length + 1);
  expect(kept.filter(({ kind, action }) => kind === 'room' && action !== 'kept')).toEqual([]);

  for (const { caller } of orphaned) if (!caller.ended) await caller.hangUp();
  // The server takes a while to notice that an agent has crashed.
  const swept: SweepItem[] = [];
  await until(
    'everything is swept',
    async () => {
      swept.push(...(await sweep(lab)).filter(({ action }) => action !== 'kept'));
      return (await roomsListed(lab, names)).length === 0;
    },
    60_000,
  );
  expect(swept.filter(({ action }) => action !== 'deleted')).toEqual([]);
  expect(await sip.listSipDispatchRule()).toEqual([]);
  expect(await sip.listSipInboundTrunk()).toEqual([]);
  for (const { human } of orphaned) await human?.untilEnded();

  expect(await roomsListed(lab, [fixture.consult.name])).toEqual([fixture.consult.name]);
  await untilTalking(fixture.caller, liveHuman);
}
