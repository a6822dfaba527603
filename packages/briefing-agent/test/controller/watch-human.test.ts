import { EventEmitter } from 'node:events';
import { ConnectionState, type Room, RoomEvent } from '@livekit/rtc-node';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { watchHuman } from '../../src/controller/watch-human.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const human = { identity: 'human', attributes: {} };

/** The consult room after a restart of the server: this process has reconnected, and the human agent's phone has not. */
function restarted(): { readonly room: Room; readonly people: Map<string, unknown>; readonly posted: unknown[] } {
  const people = new Map<string, unknown>();
  const room = Object.assign(new EventEmitter(), {
    connectionState: ConnectionState.CONN_CONNECTED,
    remoteParticipants: people,
  });
  const posted: unknown[] = [];
  watchHuman(
    room as unknown as Room,
    'human',
    () => true,
    (event) => void posted.push(event),
  );
  room.emit(RoomEvent.ParticipantDisconnected, human);
  room.emit(RoomEvent.Reconnected);
  return { room: room as unknown as Room, people, posted };
}

it('watchHuman() gives a phone ten seconds to return after this process has reconnected', () => {
  const { people, posted } = restarted();
  vi.advanceTimersByTime(9_000);
  people.set('human', human);
  vi.advanceTimersByTime(10_000);
  expect(posted).toEqual([]);
});

it('watchHuman() reports a phone that has not returned ten seconds after a reconnect as lost', () => {
  const { posted } = restarted();
  vi.advanceTimersByTime(9_000);
  expect(posted).toEqual([]);
  vi.advanceTimersByTime(2_000);
  expect(posted).toEqual([{ type: 'human-disconnected', how: 'lost' }]);
});

/** A phone that rings, as the room shows it; `answer()` is the room's report. */
function ringing(isAnswered: () => boolean): {
  readonly posted: unknown[];
  readonly press: (key: number) => void;
  readonly change: (attributes: Readonly<Record<string, string>>) => void;
  readonly answer: () => void;
} {
  const room = new EventEmitter();
  const posted: unknown[] = [];
  watchHuman(room as unknown as Room, 'human', isAnswered, (event) => void posted.push(event));
  const phone = { identity: 'human', attributes: { 'sip.callStatus': 'ringing' } };
  const change = (attributes: Readonly<Record<string, string>>): void =>
    void room.emit(RoomEvent.ParticipantAttributesChanged, attributes, phone);
  return {
    posted,
    press: (key) => void room.emit(RoomEvent.DtmfReceived, key, String(key), phone),
    change,
    answer: () => {
      phone.attributes['sip.callStatus'] = 'active';
      change({ 'sip.callStatus': 'active' });
    },
  };
}

it('watchHuman() counts a key that precedes the report of the answer, but not one that was pressed long before it', () => {
  const { posted, press, change, answer } = ringing(() => false);
  press(7);
  vi.advanceTimersByTime(10_000);
  press(1);
  expect(posted).toEqual([]);
  answer();
  change({ name: 'Ann' });
  expect(posted).toEqual([{ type: 'key', digit: '1' }]);
});

it('watchHuman() keeps the order of two keys when the program reports the answer between them, before the room does', () => {
  let isAnswered = false;
  const { posted, press, answer } = ringing(() => isAnswered);
  press(1);
  isAnswered = true;
  press(2);
  answer();
  expect(posted).toEqual([
    { type: 'key', digit: '1' },
    { type: 'key', digit: '2' },
  ]);
});
