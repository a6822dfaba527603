import type { PhoneCall, PhoneLab } from '@org/phone-lab';
import { expect } from 'vitest';
import { relayTrackNames } from '../../src/bridge/relay-pair.ts';
import type { MergeSide, MissingAudio } from '../../src/merge/merge-result.ts';
import { callIn, humanIdentity, joinAs, openRooms, type Rooms, serviceOf, voices } from './fixture.ts';
import { mergeBy, type Way, ways } from './merge-by.ts';
import { Microphone } from './microphone.ts';
import { pause } from './until.ts';

/** A call in which one direction carries no audio, so that a merge fails. */
interface OneWayCall {
  /** The party whose voice does not reach the other one. */
  readonly side: MergeSide;
  /** Follows "a caller" or "a human". */
  readonly name: string;
  /** The ways of merging in which it can occur. */
  readonly ways: readonly Way[];
  /** The parts of which one is missing. */
  readonly missing: readonly MissingAudio['missing'][];
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

/** The server shows a client that publishes nothing to the other participants only every three seconds. */
const silenced = {
  name: 'who has no microphone',
  missing: ['participant', 'track'],
  cause: 'no-microphone',
} as const;

/** The server moves only phones, and only phones can be asked to call; they have a microphone. */
export const oneWayCalls: readonly OneWayCall[] = [
  { side: 'caller', ...broken },
  { side: 'human', ...broken },
  { side: 'caller', ...unheard },
  { side: 'human', ...unheard },
  { side: 'caller', ...silenced, ways },
  { side: 'human', ...silenced, ways: ['bridge'] },
];

/** Expects that the merge fails with the missing part of the one direction, and leaves every participant where they were. */
export async function expectRefused(lab: PhoneLab, way: Way, call: OneWayCall): Promise<void> {
  const { side: speaker, cause, missing } = call;
  await using rooms = await openRooms(lab);
  await using caller = await joinIn(lab, rooms, 'caller', call);
  await using human = await joinIn(lab, rooms, 'human', call);
  await using merge = mergeBy(way, lab, rooms, {
    // With the option, the server would subscribe the listener.
    ...(cause === 'nobody-subscribes' && { server: undefined }),
    verifyTimeoutMs: 1_000,
  });
  await merge.publishTracks();
  if (cause === 'track-broken') await relayOf(rooms, speaker).close();
  const result = await merge.merge();
  expect(result).toMatchObject({ merged: false, reason: 'no-audio' });
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

/** Joins by phone, speaking; or in a browser that lacks a part of the direction. */
async function joinIn(
  lab: PhoneLab,
  rooms: Rooms,
  side: MergeSide,
  { side: speaker, cause }: OneWayCall,
): Promise<Party> {
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

function relayOf(rooms: Rooms, speaker: MergeSide): { close(): Promise<void> } {
  const room = speaker === 'caller' ? rooms.consultRoom : rooms.callerRoom;
  const published = [...(room.localParticipant?.trackPublications.values() ?? [])];
  const track = published.find(({ name }) => name === relayTrackNames[speaker])?.track;
  if (!track) throw new Error(`no track relays the ${speaker}`);
  return track;
}

async function expectApart(
  lab: PhoneLab,
  { consult }: Rooms,
  { caller, human }: Readonly<Record<MergeSide, PhoneCall | undefined>>,
): Promise<void> {
  if (human) {
    const listed = await serviceOf(lab).listParticipants(consult.name);
    expect(listed.map(({ identity }) => identity)).toContain(humanIdentity);
    expect(human.refers).toEqual([]);
  }
  // Audio on its way through two jitter buffers is still heard.
  await pause(600);
  const from = Date.now();
  await pause(400);
  const range = { from, to: Date.now() };
  expect([human?.ear.heardMs(voices.caller, range) ?? 0, caller?.ear.heardMs(voices.human, range) ?? 0]).toEqual([
    0, 0,
  ]);
}
