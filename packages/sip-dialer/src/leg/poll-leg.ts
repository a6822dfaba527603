import type { RoomApi } from '../api/room-api.js';
import type { Clock } from '../clock.js';
import { type LegListener, type LegPlace, readAttributes } from './leg-observer.js';

export interface LegPoller {
  /** Polls once, immediately; resolves after the response or failure. */
  refresh(): Promise<void>;
  /** Marks the leg as joined: if it is not listed, it has left. */
  markJoined(): void;
  /** Polls rarely from now on, without keeping the process alive. */
  slowDown(): void;
  stop(): void;
}

/** The intervals of polling while the phone rings, and during the call, in milliseconds. */
const intervalMs = { dialing: 300, calling: 2_000 };

/** Polls the participant list for the leg, where no joined room is available. `wasSeen`: the leg is known to have joined. */
export function pollLeg(
  rooms: RoomApi,
  place: LegPlace,
  clock: Clock,
  listener: LegListener,
  wasSeen: boolean,
): LegPoller {
  let pace: keyof typeof intervalMs = 'dialing';
  let present = wasSeen;
  let stopped = false;
  let cancel: (() => void) | undefined;

  const refresh = async (): Promise<void> => {
    let listed;
    try {
      listed = await rooms.listParticipants(place.roomName);
    } catch {
      return; // The next request may succeed; an attempt that was never seen is classified accordingly.
    }
    if (stopped) return;
    const leg = listed.find(({ identity }) => identity === place.identity);
    if (leg !== undefined) {
      present = true;
      listener({ type: 'seen', ...readAttributes(leg.attributes), live: false });
    } else if (present) {
      stop();
      listener({ type: 'left', disconnectReason: undefined });
    }
  };
  const schedule = (): void => {
    cancel = clock.after(intervalMs[pace], () => void refresh().then(() => stopped || schedule()), {
      keepsProcessAlive: pace === 'dialing',
    });
  };
  const stop = (): void => {
    stopped = true;
    cancel?.();
  };
  schedule();
  return {
    refresh,
    stop,
    markJoined() {
      present = true;
    },
    slowDown() {
      pace = 'calling';
      if (stopped) return;
      cancel?.();
      schedule();
    },
  };
}
