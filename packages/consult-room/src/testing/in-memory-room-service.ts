import type { ListedParticipant, ListedRoom, NewRoom, RoomService } from '../room/room-service.js';

export type RoomServiceMethod = keyof RoomService;

interface MemoryRoom extends ListedRoom {
  readonly people: Map<string, ListedParticipant>;
}

/** A room service without a server: the same answers, plus faults to order. Give it as `roomService`. */
export class InMemoryRoomService implements RoomService {
  /** Every request in order, also those that failed. */
  readonly requests: RoomServiceMethod[] = [];
  readonly #rooms = new Map<string, MemoryRoom>();
  readonly #faults: { readonly method: RoomServiceMethod; readonly fault: () => Promise<never> }[] = [];

  /** The next request of this kind fails with `error`, or never answers if it is `'hang'`. Orders add up. */
  failNext(method: RoomServiceMethod, error: Error | 'hang'): void {
    const fault = (): Promise<never> => (error === 'hang' ? new Promise(() => undefined) : Promise.reject(error));
    this.#faults.push({ method, fault });
  }

  /** Puts somebody into a room, as if they had joined; the room is created if it is not there. */
  addParticipant(room: string, participant: ListedParticipant): void {
    this.#obtain(room, '').people.set(participant.identity, participant);
  }

  async createRoom(room: NewRoom): Promise<ListedRoom> {
    await this.#request('createRoom');
    return plain(this.#obtain(room.name, room.metadata));
  }

  async deleteRoom(name: string): Promise<void> {
    await this.#request('deleteRoom');
    if (!this.#rooms.delete(name)) throw notFound('requested room does not exist');
  }

  async listRooms(names: string[] = []): Promise<readonly ListedRoom[]> {
    await this.#request('listRooms');
    const all = [...this.#rooms.values()];
    return all.filter((room) => names.length === 0 || names.includes(room.name)).map(plain);
  }

  async listParticipants(room: string): Promise<readonly ListedParticipant[]> {
    await this.#request('listParticipants');
    return [...(this.#rooms.get(room)?.people.values() ?? [])];
  }

  async removeParticipant(room: string, identity: string): Promise<void> {
    await this.#request('removeParticipant');
    if (!this.#rooms.get(room)?.people.delete(identity)) throw notFound('participant does not exist');
  }

  #obtain(name: string, metadata: string): MemoryRoom {
    const found = this.#rooms.get(name);
    if (found) return found;
    const room: MemoryRoom = { name, metadata, people: new Map() };
    this.#rooms.set(name, room);
    return room;
  }

  async #request(method: RoomServiceMethod): Promise<void> {
    this.requests.push(method);
    const index = this.#faults.findIndex((fault) => fault.method === method);
    const [ordered] = index < 0 ? [] : this.#faults.splice(index, 1);
    await ordered?.fault();
  }
}

function plain({ name, metadata }: ListedRoom): ListedRoom {
  return { name, metadata };
}

/** By shape like the server SDK's error. */
function notFound(message: string): Error {
  return Object.assign(new Error(message), { name: 'ServerError', status: 404, code: 'not_found' });
}
