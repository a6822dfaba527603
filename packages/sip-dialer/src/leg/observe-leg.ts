import type { RoomApi } from '../api/room-api.js';
import type { Clock } from '../clock.js';
import type { LegListener, LegPlace } from './leg-observer.js';
import { type LegPoller, pollLeg } from './poll-leg.js';
import { watchLeg } from './watch-leg.js';
import type { WatchableRoom } from '../api/watchable-room.js';

export interface LegObserver {
  /** Makes sure that what is known is not older than this call. */
  refresh(): Promise<void>;
  /** The leg is known to have joined: from now on, a room without it means that it has left. */
  markJoined(): void;
  /** The call is answered: from now on only its end matters. */
  slowDown(): void;
  /** Whom to tell from now on. */
  setListener(listener: LegListener): void;
  close(): void;
}

/** Watches in the joined room as long as there is one, and asks the server before, after, and without. */
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
    // Asked until now: the leg may have come and gone before the room was joined.
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
