import type { DtmfPublisher, WatchableParticipant, WatchableRoom, WatchableRoomEvent } from '../api/watchable-room.js';

export interface ScriptedLeg extends WatchableParticipant {
  attributes: Record<string, string>;
  disconnectReason?: number;
  /** As in the participant list: 1 joined, 2 media connected. */
  state: number;
}

/** A room of the scripted server, as seen by a joined client. */
export class ScriptedRoom implements WatchableRoom {
  readonly name: string;
  isConnected: boolean = true;
  readonly remoteParticipants: Map<string, ScriptedLeg> = new Map();
  /** The DTMF sent into the room, by event code and key. */
  readonly keys: { readonly code: number; readonly digit: string }[] = [];
  localParticipant: DtmfPublisher | undefined = {
    publishDtmf: (code, digit) => {
      this.keys.push({ code, digit });
      return Promise.resolve();
    },
  };
  readonly #listeners = new Map<WatchableRoomEvent, Set<(...args: never[]) => void>>();

  constructor(name: string) {
    this.name = name;
  }

  on(event: WatchableRoomEvent, listener: (...args: never[]) => void): void {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
  }

  off(event: WatchableRoomEvent, listener: (...args: never[]) => void): void {
    this.#listeners.get(event)?.delete(listener);
  }

  get listenerCount(): number {
    return [...this.#listeners.values()].reduce((sum, { size }) => sum + size, 0);
  }

  join(leg: ScriptedLeg): void {
    this.remoteParticipants.set(leg.identity, leg);
    this.#emit('participantConnected', leg);
  }

  setAttributes(leg: ScriptedLeg, attributes: Record<string, string>): void {
    Object.assign(leg.attributes, attributes);
    this.#emit('participantAttributesChanged', attributes, leg);
  }

  leave(leg: ScriptedLeg, disconnectReason: number): void {
    leg.disconnectReason = disconnectReason;
    if (this.remoteParticipants.delete(leg.identity)) this.#emit('participantDisconnected', leg);
  }

  /** Disconnects the client, but not the legs. */
  disconnect(): void {
    this.isConnected = false;
    this.#emit('disconnected');
  }

  #emit(event: WatchableRoomEvent, ...args: unknown[]): void {
    if (!this.isConnected && event !== 'disconnected') return;
    const listeners = Array.from(this.#listeners.get(event) ?? []); // they may stop listening while they are called
    for (const listener of listeners) listener(...(args as never[]));
  }
}
