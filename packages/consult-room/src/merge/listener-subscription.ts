import type { Room } from '@livekit/rtc-node';
import type { ConsultRoomError } from '../consult-room-error.js';
import { httpStatusOf, toConsultRoomError } from '../api/to-consult-room-error.js';
import type { PeopleService } from '../api/participant-service.js';

export interface ProofHelp {
  /** Subscribes the listener. Without it, whoever is subscribed first counts. */
  readonly people?: Pick<PeopleService, 'updateSubscriptions'> | undefined;
  /** Receives what is no reason to fail the merge. */
  readonly onWarning: (error: ConsultRoomError) => void;
}

interface Asked {
  readonly sid: string;
  /** When it was first asked for. */
  readonly at: number;
  answered: boolean;
  /** The server knows the listener not yet, or not any more. */
  isUnknown: boolean;
}

/** How long the proof waits for the server, in milliseconds. A server that is slow fails no merge. */
const askLimitMs = 500;

/**
 * Sees to it that one person is subscribed to a track.
 *
 * A publisher only hears that somebody is, who may be a recorder. So the server is asked to subscribe the person, which
 * changes nothing for those who are. A refusal is a warning, and fails no merge.
 */
export class ListenerSubscription {
  readonly #listener: { readonly room: Room; readonly identity: string };
  readonly #help: ProofHelp;
  #asked: Asked | undefined;

  constructor(listener: { readonly room: Room; readonly identity: string }, help: ProofHelp) {
    this.#listener = listener;
    this.#help = help;
  }

  /** The listener is there, and nothing speaks against their being subscribed. */
  get stands(): boolean {
    const { room, identity } = this.#listener;
    if (!room.remoteParticipants.has(identity)) return false;
    if (!this.#help.people) return true;
    return this.#asked !== undefined && (this.#asked.answered || performance.now() - this.#asked.at >= askLimitMs);
  }

  /** Asks once for each track, and does not wait for the answer. */
  ask(sid: string | undefined): void {
    const { room, identity } = this.#listener;
    const { people } = this.#help;
    const before = this.#asked?.sid === sid ? this.#asked : undefined;
    if (!people || sid === undefined || before?.isUnknown === false || !room.remoteParticipants.has(identity)) return;
    const asked: Asked = { sid, at: before?.at ?? performance.now(), answered: false, isUnknown: false };
    this.#asked = asked;
    void this.#request(people.updateSubscriptions(room.name ?? '', identity, [sid], true), asked);
  }

  async #request(asking: Promise<void>, asked: Asked): Promise<void> {
    try {
      await asking;
    } catch (error) {
      // The listener has left, or has not quite come: LiveKit's services answer 503 for that. The next look asks again.
      asked.isUnknown = isUnknown(httpStatusOf(error), performance.now() - asked.at);
      if (asked.isUnknown) return;
      this.#help.onWarning(toConsultRoomError(error, 'subscribe the listener'));
    }
    asked.answered = true;
  }
}

function isUnknown(status: number | undefined, sinceMs: number): boolean {
  return status === 404 || (status === 503 && sinceMs < askLimitMs);
}
