import {
  type CallMerge,
  type CallMergeResult,
  createMerge,
  type HangUpService,
  type MergedCall,
  type MergeEnd,
  type MergeOptions,
} from '@org/consult-room';
import type { Room } from '@livekit/rtc-node';
import { type Deferred, deferred } from '@org/support';
import type { AcceptedBy } from '../machine/types/ending.js';
import type { LeaveHow } from '../machine/types/ending.js';
import type { MergePort } from '../runtime/ports.js';
import { hangUpOne } from './hang-up-one.js';

interface ConsultMergeOptions extends Omit<MergeOptions, 'consultRoom'> {
  /** The joined consult room; asked for by `prepare`. */
  readonly joined: Promise<Room>;
  readonly rooms: HangUpService;
  /** Called when caller and human agent are in the caller's room: the consult room is of no use any more. */
  readonly onTogether: () => void;
  /** Trouble that does not end the merge. */
  readonly onWarning: (cause: unknown) => void;
}

/**
 * A key arrives at once, and the last words before it some 100 to 300 ms later, through the buffers of a telephone line, or
 * 400 ms on a busy machine. A yes by voice has been through them when it is understood.
 */
const WITHHOLD_MS = 500;

/** The joining of the two by whatever the server allows, and the call that comes of it. */
export class ConsultMerge implements MergePort {
  readonly #options: ConsultMergeOptions;
  readonly #ended: Deferred<MergeEnd> = deferred();
  #opening: Promise<CallMerge> | undefined;
  #merge: CallMerge | undefined;
  #call: MergedCall | undefined;
  #watching = false;
  readonly #closed: Deferred<undefined> = deferred();

  constructor(options: ConsultMergeOptions) {
    this.#options = options;
  }

  get call(): MergedCall | undefined {
    return this.#call;
  }

  /** Whether the human agent is watched here: from then on, leaving the consult room may mean being moved. */
  get watching(): boolean {
    return this.#watching;
  }

  async prepare(signal: AbortSignal): Promise<void> {
    const merge = await this.#opened();
    await merge.publishTracks({ signal });
  }

  async merge(signal: AbortSignal, acceptedBy: AcceptedBy): Promise<void> {
    const merge = await this.#opened();
    this.#watching = true;
    const result = await merge.merge({ signal, withholdMs: acceptedBy === 'key' ? WITHHOLD_MS : 0 });
    if (result.merged) {
      this.#call = result.call;
      return;
    }
    // Who left is told before it is told that this failed: the first cause counts.
    if (result.reason === 'human-left') await this.#ended.promise;
    throw new Error(`the two could not be joined: ${whyNot(result)}`, { cause: result });
  }

  onHumanLeft(listener: (how: LeaveHow) => void): () => void {
    return this.#onEnd((end) => {
      if (end.cause === 'human-left') listener(end.left.how);
    });
  }

  /** Only what neither party did: that the caller left is reported by who watches them. */
  onLost(listener: (cause: unknown) => void): () => void {
    return this.#onEnd((end) => {
      if (end.cause === 'consult-room-lost') listener(new Error('the bridge lost the consult room', { cause: end }));
    });
  }

  async close(): Promise<void> {
    this.#closed.resolve(undefined);
    const call = this.#call;
    await this.#merge?.close();
    // Who has come into the caller's room is not let go of by the end of the consult room.
    if (call !== undefined && call.by !== 'bridge') await this.#hangUp(call.humanIdentity);
  }

  async #hangUp(humanIdentity: string): Promise<void> {
    const { callerRoom, rooms } = this.#options;
    // Who is no longer in the caller's room themselves leaves the two to each other.
    if (!callerRoom.isConnected || !callerRoom.remoteParticipants.has(humanIdentity)) return;
    await hangUpOne(rooms, { room: callerRoom.name ?? '', identity: humanIdentity }, undefined, 'keep-trying');
  }

  #opened(): Promise<CallMerge> {
    this.#opening ??= this.#open();
    return this.#opening;
  }

  async #open(): Promise<CallMerge> {
    const { joined, rooms: _rooms, onTogether, ...options } = this.#options;
    const consultRoom = await Promise.race([this.#closed.promise, joined]);
    if (consultRoom === undefined) throw new Error('the merge was closed before it began');
    const merge = createMerge({ ...options, consultRoom });
    this.#merge = merge;
    void merge.ended.then(this.#ended.resolve);
    void merge.together.then(onTogether);
    return merge;
  }

  #onEnd(listener: (end: MergeEnd) => void): () => void {
    let listening = true;
    const tell = (end: MergeEnd): void => {
      if (listening) listener(end);
    };
    void this.#ended.promise.then(tell);
    return () => {
      listening = false;
    };
  }
}

function whyNot(result: Extract<CallMergeResult, { merged: false }>): string {
  switch (result.reason) {
    case 'no-audio':
      return result.missing.map(({ direction, missing }) => `no ${missing} ${direction}`).join(', ');
    case 'media':
      return result.error.message;
    case 'aborted':
    case 'caller-left':
    case 'human-left':
    case 'caller-room-lost':
    case 'consult-room-lost':
    case 'closed':
      return result.reason;
  }
}
