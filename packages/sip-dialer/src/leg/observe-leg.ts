import type { RoomApi } from '../api/room-api.js';
import type { Clock } from '../clock.js';
import type { LegListener, LegPlace } from './leg-observer.js';
import { type LegPoller, pollLeg } from './poll-leg.js';
import { watchLeg } from './watch-leg.js';
import type { WatchableRoom } from '../api/watchable-room.js';

export interface LegObserver {
  /** Resolves when the known state of the leg is not older than this call. */
  refresh(): Promise<void>;
  /** Marks the leg as joined: from now on, a room without the leg means that it has left. */
  markJoined(): void;
  /** Polls rarely from now on, since only the end of the answered call matters. */
  slowDown(): void;
  /** Replaces the listener. */
  setListener(listener: LegListener): void;
  close(): void;
}

/** Observes the leg in the joined room while there is one, and polls the server before, after, and without it. */
export function observeLeg(
  rooms: RoomApi,
  place: LegPlace,
  clock: Clock,
  watch: WatchableRoom | Promise<WatchableRoom> | undefined,
  firstListener: LegListener,
): LegObserver {
  let listener = firstListener;
  let poller: LegPoller | undefined;
  let unwatch: (() => void) | undefined;
  let slow = false;
  let seen = false;
  let closed = false;
  const notify: LegListener = (sighting) => {
    seen = true;
    if (!closed) listener(sighting);
  };
  const poll = (): void => {
    if (closed || poller !== undefined) return;
    poller = pollLeg(rooms, place, clock, notify, seen);
    if (slow) poller.slowDown();
  };
  const notifyLive: LegListener = (sighting) => {
    // Polled until now: the leg may have joined and left before this process joined the room.
    poller?.stop();
    poller = undefined;
    notify(sighting);
  };
  const attach = (room: WatchableRoom): void => {
    const usable = room.isConnected && (room.name === undefined || room.name === place.roomName);
    if (closed) return;
    if (!usable) return poll();
    unwatch = watchLeg(room, place, clock, notifyLive, () => {
      unwatch?.();
      poll();
    });
  };
  if (watch === undefined) poll();
  else if (watch instanceof Promise) {
    poll();
    watch.then(attach, () => poll());
  } else attach(watch);

  return {
    refresh: async () => poller?.refresh(),
    markJoined() {
      seen = true;
      poller?.markJoined();
    },
    setListener(next) {
      listener = next;
    },
    slowDown() {
      slow = true;
      seen = true;
      poller?.markJoined();
      poller?.slowDown();
    },
    close() {
      closed = true;
      unwatch?.();
      poller?.stop();
    },
  };
}
