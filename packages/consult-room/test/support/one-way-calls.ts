import type { PhoneCall, PhoneLab } from '@org/phone-lab';
import { expect } from 'vitest';
import { relayTrackNames } from '../../src/index.ts';
import type { MissingProof, Side } from '../../src/index.ts';
import { mergeBy, ways } from './merge-by.ts';
import type { Way } from './merge-by.ts';
import { Microphone } from './microphone.ts';
import { callIn, humanIdentity, joinAs, openRooms, serviceOf, voices } from './fixture.ts';
import type { Rooms } from './fixture.ts';
import { pause } from './until.ts';

/** A call that goes one way only, which a merge refuses. */
interface OneWayCall {
  /** Whose voice does not get to the other. */
  readonly side: Side;
  /** Follows "a caller" or "a human". */
  readonly name: string;
  /** Those in which it can be. */
  readonly ways: readonly Way[];
  /** Of which one is missing. */
  readonly missing: readonly MissingProof['missing'][];
  readonly cause: 'track-broken' | 'nobody-subscribes' | 'no-microphone';
}

const broken = {
  name: 'whose sound is read and not written',
  ways: ['bridge', 'promotion'],
  missing: ['sound'],
  cause: 'track-broken',
} as const;

const unheard = {
  name: 'whom the other is not subscribed to',
  ways: ['bridge'],
  missing: ['subscriber'],
  cause: 'nobody-subscribes',
} as const;

/** The server shows a client that publishes nothing to the others every three seconds only. */
const silenced = {
  name: 'who has no microphone',
  missing: ['participant', 'track'],
  cause: 'no-microphone',
} as const;

/** The server moves phones only, and only phones can be told to call; they have a microphone. */
export const oneWayCalls: readonly OneWayCall[] = [
  { side: 'caller', ...broken },
  { side: 'human', ...broken },
  { side: 'caller', ...unheard },
  { side: 'human', ...unheard },
  { side: 'caller', ...silenced, ways },
  { side: 'human', ...silenced, ways: ['bridge'] },
];

/** The merge fails with what is missing of the one direction, and leaves everybody where they were. */
export async function expectRefused(lab: PhoneLab, way: Way, call: OneWayCall): Promise<void> {
  const { side: speaker, cause, missing } = call;
  await using rooms = await openRooms(lab);
  await using caller = await joinIn(lab, rooms, 'caller', call);
  await using human = await joinIn(lab, rooms, 'human', call);
  await using merge = mergeBy(way, lab, rooms, {
    // Whom nobody subscribes the server would subscribe.
    ...(cause === 'nobody-subscribes' && { server: undefined }),
    proofTimeoutMs: 1_000,
  });
  await merge.prepare();
  if (cause === 'track-broken') await relayOf(rooms, speaker).close();
  const result = await merge.merge();
  expect(result).toMatchObject({ merged: false, reason: 'no-proof' });
  const direction = speaker === 'caller' ? 'caller-to-human' : 'human-to-caller';
  const found = 'missing' in result ? result.missing.filter((one) => one.direction === direction) : [];
  expect(
    missing.filter((what) => found.some((one) => one.missing === what)),
    JSON.stringify(result),
  ).toHaveLength(1);
  expect(rooms.warnings.splice(0)).toMatchObject(cause === 'track-broken' ? [{ code: 'media' }] : []);
  await expectApart(lab, rooms, { caller: caller.phone, human: human.phone });
}

interface Party extends AsyncDisposable {
  readonly phone: PhoneCall | undefined;
}

/** By phone, speaking; or in a browser that lacks what makes a call go both ways. */
async function joinIn(lab: PhoneLab, rooms: Rooms, side: Side, { side: speaker, cause }: OneWayCall): Promise<Party> {
  const { callerRoom, consultRoom } = rooms;
  const isMute = cause === 'no-microphone' && side === speaker;
  const isDeaf = cause === 'nobody-subscribes' && side !== speaker;
  if (!isMute && !isDeaf) {
    const phone = await (side === 'caller' ? callIn(lab, rooms) : rooms.dialHuman());
    const hangUp = async (): Promise<void> => {
      if (!phone.ended) await phone.hangUp();
    };
    return { phone, [Symbol.asyncDispose]: hangUp };
  }
  const [room, identity] = side === 'caller' ? [callerRoom, 'caller'] : [consultRoom, humanIdentity];
  const browser = await joinAs(lab, room.name ?? '', identity, { autoSubscribe: isMute });
  const microphone = isMute ? undefined : await Microphone.on(browser, voices[side]);
  const leave = async (): Promise<void> => {
    await microphone?.[Symbol.asyncDispose]();
    await browser.disconnect();
  };
  return { phone: undefined, [Symbol.asyncDispose]: leave };
}

function relayOf(rooms: Rooms, speaker: Side): { close(): Promise<void> } {
  const room = speaker === 'caller' ? rooms.consultRoom : rooms.callerRoom;
  const published = [...(room.localParticipant?.trackPublications.values() ?? [])];
  const track = published.find(({ name }) => name === relayTrackNames[speaker])?.track;
  if (!track) throw new Error(`no track relays the ${speaker}`);
  return track;
}

async function expectApart(
  lab: PhoneLab,
  { consult }: Rooms,
  { caller, human }: Readonly<Record<Side, PhoneCall | undefined>>,
): Promise<void> {
  if (human) {
    const listed = await serviceOf(lab).listParticipants(consult.name);
    expect(listed.map(({ identity }) => identity)).toContain(humanIdentity);
    expect(human.refers).toEqual([]);
  }
  // What is on its way through two jitter buffers is heard still.
  await pause(600);
  const from = Date.now();
  await pause(400);
  const range = { from, to: Date.now() };
  expect([human?.ear.heardMs(voices.caller, range) ?? 0, caller?.ear.heardMs(voices.human, range) ?? 0]).toEqual([
    0, 0,
  ]);
}
