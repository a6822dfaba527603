import type { Room } from '@livekit/rtc-node';
import type { ParticipantService } from '../api/participant-service.js';
import { getHttpStatus, toConsultRoomError } from '../api/to-consult-room-error.js';
import type { ConsultRoomError } from '../consult-room-error.js';

export interface VerifyContext {
  /** The service that subscribes the listener. Without it, any subscriber counts. */
  readonly participants?: Pick<ParticipantService, 'updateSubscriptions'> | undefined;
  /** Receives errors that do not fail the merge. */
  readonly onWarning: (error: ConsultRoomError) => void;
}

interface Asked {
  readonly sid: string;
  /** The time of the first request, by `performance.now()`. */
  readonly at: number;
  answered: boolean;
  /** Whether the server does not know the listener yet, or no longer. */
  isUnknown: boolean;
}

/** How long the verification waits for the server, in milliseconds. A slow server fails no merge. */
const subscribeTimeoutMs = 500;

/**
 * Subscribes one participant to a track.
 *
 * A publisher is only informed that its track has a subscriber, who may be a recorder. So the server is asked to
 * subscribe the participant, which changes nothing for one who is subscribed. A rejection is a warning, and fails no
 * merge.
 */
export class ListenerSubscription {
  readonly #listener: { readonly room: Room; readonly identity: string };
  readonly #context: VerifyContext;
  #asked: Asked | undefined;

  constructor(listener: { readonly room: Room; readonly identity: string }, context: VerifyContext) {
    this.#listener = listener;
    this.#context = context;
  }

  /** Whether the listener is in the room and was subscribed, as far as that is known. */
  get isSubscribed(): boolean {
    const { room, identity } = this.#listener;
    if (!room.remoteParticipants.has(identity)) return false;
    if (!this.#context.participants) return true;
    return (
      this.#asked !== undefined && (this.#asked.answered || performance.now() - this.#asked.at >= subscribeTimeoutMs)
    );
  }

  /** Sends one request for each track, and does not wait for the answer. */
  ask(sid: string | undefined): void {
    const { room, identity } = this.#listener;
    const { participants } = this.#context;
    const before = this.#asked?.sid === sid ? this.#asked : undefined;
    if (!participants || sid === undefined || before?.isUnknown === false || !room.remoteParticipants.has(identity))
      return;
    const asked: Asked = { sid, at: before?.at ?? performance.now(), answered: false, isUnknown: false };
    this.#asked = asked;
    void this.#request(participants.updateSubscriptions(room.name ?? '', identity, [sid], true), asked);
  }

  async #request(asking: Promise<void>, asked: Asked): Promise<void> {
    try {
      await asking;
    } catch (error) {
      // The listener has left, or has not fully joined: LiveKit's services answer 503 for that. The next check asks
      // again.
      asked.isUnknown = isUnknown(getHttpStatus(error), performance.now() - asked.at);
      if (asked.isUnknown) return;
      this.#context.onWarning(toConsultRoomError(error, 'subscribe the listener'));
    }
    asked.answered = true;
  }
}

function isUnknown(status: number | undefined, sinceMs: number): boolean {
  return status === 404 || (status === 503 && sinceMs < subscribeTimeoutMs);
}
