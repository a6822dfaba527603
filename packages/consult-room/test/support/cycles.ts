import type { FaultAction, PhoneLab, TwirpMethod } from '@org/phone-lab';
import { expect, vi } from 'vitest';
import { ConsultRoom, ConsultRoomError, sweepConsultRooms } from '../../src/index.ts';
import { fresh, optionsFor, serviceOf } from './fixture.ts';

const methods: readonly TwirpMethod[] = [
  'CreateRoom',
  'DeleteRoom',
  'ListRooms',
  'ListParticipants',
  'RemoveParticipant',
];

const actions: readonly FaultAction[] = [
  { fail: { status: 500, code: 'internal', msg: 'something broke' } },
  { fail: { status: 503, code: 'unavailable', msg: 'overloaded' } },
  'hang',
  'drop-answer',
  'duplicate',
  { delayMs: 100 },
];

/** The number of cycles that run at the same time. */
const atOnce = 5;

interface Cycle {
  readonly name: string;
  readonly opened: boolean;
  readonly clean: boolean;
  readonly problems: number;
}

async function openAndClose(lab: PhoneLab, name: string | undefined): Promise<Cycle> {
  const limits = { requestTimeoutMs: 500, closeTimeoutMs: 3_000, closeRetryMs: 10 };
  try {
    const consult = await ConsultRoom.open({ ...optionsFor(lab, 'main-room'), name, ...limits });
    const report = await consult.close();
    return { name: consult.name, opened: true, clean: report.clean, problems: report.problems.length };
  } catch (error) {
    if (!ConsultRoomError.isInstance(error)) throw error;
    return { name: name ?? '', opened: false, clean: true, problems: 0 };
  }
}

/**
 * Opens and closes this many rooms, or more until a third of the possible failures have occurred, while every API call
 * may fail; expects that nothing is left that was not reported.
 */
export async function expectNothingLeftAfter(lab: PhoneLab, cycles: number): Promise<void> {
  const faults = methods.flatMap((method, at) =>
    actions.map((action, kind) => lab.fault({ method, probability: 0.06, seed: 1 + at * 10 + kind, do: action })),
  );
  const done: Cycle[] = [];
  const isEnough = (): boolean => faults.filter(({ hits }) => hits > 0).length > faults.length / 3;
  while (done.length < cycles || (done.length < 5 * cycles && !isEnough())) {
    // Given and random names take different paths.
    const names = Array.from({ length: atOnce }, (_one, index) => (index % 2 === 0 ? fresh('cycle') : undefined));
    done.push(...(await Promise.all(names.map((name) => openAndClose(lab, name)))));
  }
  for (const fault of faults) fault.remove();
  expect(isEnough()).toBe(true);
  // On a busy machine more requests run into their timeout.
  expect(done.filter(({ opened }) => opened).length).toBeGreaterThan(done.length / 10);

  // Rooms that still exist were reported, or could not even be opened: then they are still being deleted.
  const listed = (await serviceOf(lab).listRooms()).map(({ name }) => name);
  const silent = done.filter(({ name, opened, clean }) => opened && clean && listed.includes(name));
  expect(silent).toEqual([]);
  expect(done.filter(({ clean, problems }) => !clean && problems === 0)).toEqual([]);
  const { url, apiKey, apiSecret } = lab;
  const nothing = { timeout: 20_000, interval: 100 };
  await vi.waitFor(async () => {
    expect(await sweepConsultRooms({ url, apiKey, apiSecret, olderThanMs: 0, graceMs: 100 })).toEqual([]);
  }, nothing);
  // Rooms that the server closes by itself do not count.
  await vi.waitFor(async () => expect(await lab.leftNothing()).toEqual([]), nothing);
}
