import type { Room } from '@livekit/rtc-node';

/** The active transfer of each caller, by room. */
const running: WeakMap<Room, Map<string | undefined, string>> = new WeakMap();

/** The claim of a transfer on its caller: each caller is in one transfer at a time. */
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
   * Claims the caller, or returns the ID of the transfer that has the claim. Synchronous, so that of two transfers
   * exactly one runs; the first result is kept.
   */
  take(): string | undefined {
    const callers = running.get(this.#room) ?? new Map<string | undefined, string>();
    running.set(this.#room, callers);
    this.#answer ??= { heldBy: callers.get(this.#callerIdentity) };
    const { heldBy } = this.#answer;
    if (heldBy === undefined) callers.set(this.#callerIdentity, this.#transferId);
    return heldBy;
  }

  /** Releases the claim; without effect if another transfer has it. */
  release(): void {
    const callers = running.get(this.#room);
    if (callers?.get(this.#callerIdentity) === this.#transferId) callers.delete(this.#callerIdentity);
  }
}
