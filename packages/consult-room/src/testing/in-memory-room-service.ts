import type { ParticipantService } from '../api/participant-service.js';
import type { ListedParticipant, ListedRoom, NewRoom, RoomService } from '../api/room-service.js';
import { notFound, OrderedFaults } from './ordered-faults.js';

type RoomServiceMethod = keyof RoomService | keyof ParticipantService;

interface MemoryRoom extends ListedRoom {
  readonly participants: Map<string, ListedParticipant>;
}

/**
 * A room service without a server: the same answers, plus planned faults. Pass it as `roomService` or `participants`.
 * Participants can be moved, as on LiveKit Cloud, unless it is created with `cloud: false`.
 */
export class InMemoryRoomService implements RoomService, ParticipantService {
  readonly #cloud: boolean;
  readonly #rooms = new Map<string, MemoryRoom>();
  readonly #faults = new OrderedFaults<RoomServiceMethod>();
  readonly #unheard = new Set<string>();

  constructor(options: { readonly cloud?: boolean } = {}) {
    this.#cloud = options.cloud ?? true;
  }

  /** Every request in order, including those that failed. */
  get requests(): RoomServiceMethod[] {
    return this.#faults.requests;
  }

  /** Lets the next request of this kind fail with `error`, or hang if it is `'hang'`. Further calls add up. */
  failNext(method: RoomServiceMethod, error: Error | 'hang'): void {
    this.#faults.failNext(method, error);
  }

  /** Lets every request fail with `error`, or hang if it is `'hang'`, until the returned function is called. */
  failAll(error: Error | 'hang'): () => void {
    return this.#faults.failAll(error);
  }

  /** Puts a participant into a room, which is created if it does not exist. */
  addParticipant(room: string, participant: ListedParticipant): void {
    this.#obtain(room, '').participants.set(participant.identity, participant);
  }

  /** Whether a participant is subscribed to a track, according to `updateSubscriptions`. */
  isSubscribed(room: string, identity: string, trackSid: string): boolean {
    return !this.#unheard.has([room, identity, trackSid].join('\n'));
  }

  async createRoom(room: NewRoom): Promise<ListedRoom> {
    await this.#faults.request('createRoom');
    return plain(this.#obtain(room.name, room.metadata));
  }

  async deleteRoom(name: string): Promise<void> {
    await this.#faults.request('deleteRoom');
    if (!this.#rooms.delete(name)) throw notFound('requested room does not exist');
  }

  async listRooms(names: string[] = []): Promise<readonly ListedRoom[]> {
    await this.#faults.request('listRooms');
    const all = [...this.#rooms.values()];
    return all.filter((room) => names.length === 0 || names.includes(room.name)).map(plain);
  }

  async listParticipants(room: string): Promise<readonly ListedParticipant[]> {
    await this.#faults.request('listParticipants');
    return [...(this.#rooms.get(room)?.participants.values() ?? [])];
  }

  async removeParticipant(room: string, identity: string): Promise<void> {
    await this.#faults.request('removeParticipant');
    if (!this.#rooms.get(room)?.participants.delete(identity)) throw notFound('participant does not exist');
  }

  async moveParticipant(room: string, identity: string, destinationRoom: string): Promise<void> {
    await this.#faults.request('moveParticipant');
    const participants = this.#rooms.get(room)?.participants;
    const participant = participants?.get(identity);
    if (!this.#cloud) {
      const [status, message] = participant ? [500, 'not implemented'] : [503, 'no response from servers'];
      throw Object.assign(new Error(`twirp error unknown: ${message}`), { name: 'ServerError', status });
    }
    if (!participant) throw notFound('participant does not exist');
    participants?.delete(identity);
    this.addParticipant(destinationRoom, participant);
  }

  async updateSubscriptions(room: string, identity: string, trackSids: string[], subscribe: boolean): Promise<void> {
    await this.#faults.request('updateSubscriptions');
    if (!this.#rooms.get(room)?.participants.has(identity)) throw notFound('participant does not exist');
    for (const sid of trackSids) {
      const key = [room, identity, sid].join('\n');
      if (subscribe) this.#unheard.delete(key);
      else this.#unheard.add(key);
    }
  }

  #obtain(name: string, metadata: string): MemoryRoom {
    const found = this.#rooms.get(name);
    if (found) return found;
    const room: MemoryRoom = { name, metadata, participants: new Map() };
    this.#rooms.set(name, room);
    return room;
  }
}

function plain({ name, metadata }: ListedRoom): ListedRoom {
  return { name, metadata };
}
