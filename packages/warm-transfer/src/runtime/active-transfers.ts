import type { Room } from '@livekit/rtc-node';

/** The transfer that each caller of a room is in. */
const running: WeakMap<Room, Map<string | undefined, string>> = new WeakMap();

/** The claim of one transfer to its caller, of whom only one transfer at a time may be. */
export class CallerClaim {
  readonly #room: Room;
  readonly #callerIdentity: string | undefined;
  readonly #transferId: string;
  #answer: { readonly heldBy: string | undefined } | undefined;

  constructor(room: Room, callerIdentity: string | undefined, transferId: string) {
    this.#room = room;
    this.#callerIdentity = callerIdentity;
    this.#transferId = transferId;
  }

  /**
   * Claims the caller, or returns the id of the transfer that has them. Checked and claimed in one tick, so that of two
   * transfers exactly one runs; the first answer stays.
   */
  take(): string | undefined {
    const callers = running.get(this.#room) ?? new Map<string | undefined, string>();
    running.set(this.#room, callers);
    this.#answer ??= { heldBy: callers.get(this.#callerIdentity) };
    const { heldBy } = this.#answer;
    if (heldBy === undefined) callers.set(this.#callerIdentity, this.#transferId);
    return heldBy;
  }

  /** Without effect when the caller is not claimed by this transfer. */
  release(): void {
    const callers = running.get(this.#room);
    if (callers?.get(this.#callerIdentity) === this.#transferId) callers.delete(this.#callerIdentity);
  }
}
