import type { PhoneCall, PhoneLab, PhoneScript } from '@org/phone-lab';
import { expect } from 'vitest';
import type { MergeSide } from '../../src/merge/merge-result.ts';
import { callIn, humanIdentity, joinAs, openRooms, type Rooms, voices } from './fixture.ts';
import { mergeBy } from './merge-by.ts';
import { inBrowser, onPhone, type Person, untilBothHear } from './person.ts';
import { type Cell, telephone } from './situations.ts';
import { until } from './until.ts';

/**
 * Merges in a situation, and expects that the parties are connected, with its warnings, and hear each other once they
 * speak.
 */
export async function expectMerged(lab: PhoneLab, cell: Cell): Promise<void> {
  const { way, side, situation } = cell;
  await using rooms = await openRooms(lab);
  await using caller = await callerOf(lab, rooms, cell);
  await using human = await humanOf(lab, rooms, cell);
  await using merge = mergeBy(way, lab, rooms);
  await merge.publishTracks();
  await using _recorders = await recordersOf(lab, rooms, cell);
  const person = side === 'caller' ? caller : human;
  await situation.before?.(person);
  const during = situation.during?.(person).catch((error: unknown) => {
    // A promotion ends the old leg, also in the middle of a sound.
    if (!(way === 'promotion' && human.phone.ended?.how === 'transferred')) throw error;
  });
  const [result] = await Promise.all([merge.merge(), during]);
  expect(result, JSON.stringify(result)).toMatchObject({ merged: true, by: way === 'move' ? 'move' : 'bridge' });
  const promotion = result.merged && (await result.call.promotion);
  if (way === 'promotion') expect(promotion).toMatchObject({ promoted: true });
  await using promoted = way === 'promotion' ? onPhone(newCallOf(human), voices.human) : undefined;
  const humanNow = promoted ?? human;
  const warned = (): string[] => rooms.warnings.map(({ code, message }) => `${code}: ${message}`);
  // In one room the warning follows the result.
  if (situation.warns) await until('missing packets are reported', () => warned().includes(noPackets(side)));
  await situation.after(side === 'caller' ? caller : humanNow);
  await untilBothHear(caller, humanNow);
  // On a busy machine packets may take longer than a merge waits for them: only that is allowed as a further warning.
  expect([noPackets('caller'), noPackets('human')]).toEqual(expect.arrayContaining(warned()));
  rooms.warnings.length = 0;
}

/** Returns the warning of a merge if no packets arrive from a side. */
function noPackets(side: MergeSide): string {
  const direction = side === 'caller' ? 'caller-to-human' : 'human-to-caller';
  return `media: no packets arrive (${direction}): the speaker may be on hold or silent`;
}

/** The situation of the other side, which is on a phone and speaks. */
const atEase = { line: {}, speaks: true } as const;

async function callerOf(lab: PhoneLab, rooms: Rooms, { side, situation }: Cell): Promise<Person> {
  if (side === 'caller' && situation.inBrowser) return inBrowser(lab, rooms.callerRoom, 'caller', voices.caller);
  const { line = telephone, speaks = false } = side === 'caller' ? situation : atEase;
  return onPhone(await callIn(lab, rooms, { line, speaks }), voices.caller);
}

/** The server moves only phones, and only phones can be asked to call. */
async function humanOf(lab: PhoneLab, rooms: Rooms, { way, side, situation }: Cell): Promise<Person> {
  if (side === 'human' && situation.inBrowser && way === 'bridge') {
    return inBrowser(lab, rooms.consultRoom, humanIdentity, voices.human);
  }
  const { line = telephone, speaks = false } = side === 'human' ? situation : atEase;
  const sound: PhoneScript = async (call) => {
    await call.connected();
    if (speaks) call.tone();
  };
  const answer: PhoneScript = async (call) => {
    await call.answer();
    call.onRefer({ follow: sound, hangsUp: true });
    await sound(call);
  };
  return onPhone(await rooms.dialHuman(answer, { line }), voices.human);
}

async function recordersOf(lab: PhoneLab, rooms: Rooms, { side, situation }: Cell): Promise<AsyncDisposable> {
  const room = (side === 'caller' ? rooms.callerRoom : rooms.consultRoom).name ?? '';
  const recorders = situation.recorded
    ? [await joinAs(lab, room, 'recorder'), await joinAs(lab, room, 'idle-recorder', { autoSubscribe: false })]
    : [];
  return {
    [Symbol.asyncDispose]: async () => {
      for (const recorder of recorders) await recorder.disconnect();
    },
  };
}

/** Returns the call that the human agent's phone placed because of a promotion. */
function newCallOf(human: Person): PhoneCall {
  const newCall = human.phone.refers[0]?.newCall;
  if (!newCall) throw new Error('the phone has not called');
  return newCall;
}
