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
import type { DisconnectCause } from '../machine/types/ending.js';
import type { MergePort } from '../runtime/ports.js';
import { hangUpOne } from './hang-up-one.js';

interface MergeAdapterOptions extends Omit<MergeOptions, 'consultRoom'> {
  /** The joined consult room. */
  readonly joined: Promise<Room>;
  readonly rooms: HangUpService;
  /** Called when caller and human agent are in the caller room: the consult room is no longer needed. */
  readonly onTogether: () => void;
  /** Receives errors that do not end the merge. */
  readonly onWarning: (cause: unknown) => void;
}

/**
 * How long to withhold the human agent's audio after an accept by key. A key arrives immediately, and the last words
 * before it about 100 to 300 ms later, through the buffers of a telephone line, or 400 ms on a busy machine. A yes by
 * voice has passed them when it is understood.
 */
const WITHHOLD_MS = 500;

/** Merges caller and human agent by the method that the server allows, and has their call. */
export class MergeAdapter implements MergePort {
  readonly #options: MergeAdapterOptions;
  readonly #ended: Deferred<MergeEnd> = deferred();
  #opening: Promise<CallMerge> | undefined;
  #merge: CallMerge | undefined;
  #call: MergedCall | undefined;
  #ownsHumanWatch = false;
  readonly #closed: Deferred<undefined> = deferred();

  constructor(options: MergeAdapterOptions) {
    this.#options = options;
  }

  get call(): MergedCall | undefined {
    return this.#call;
  }

  /** Whether the merge observes the human agent: from then on, leaving the consult room may mean being moved. */
  get ownsHumanWatch(): boolean {
    return this.#ownsHumanWatch;
  }

  async publishTracks(signal: AbortSignal): Promise<void> {
    const merge = await this.#opened();
    await merge.publishTracks({ signal });
  }

  async merge(signal: AbortSignal, acceptedBy: AcceptedBy): Promise<void> {
    const merge = await this.#opened();
    this.#ownsHumanWatch = true;
    const result = await merge.merge({ signal, withholdMs: acceptedBy === 'key' ? WITHHOLD_MS : 0 });
    if (result.merged) {
      this.#call = result.call;
      return;
    }
    // The departure is reported before this failure: the first cause counts.
    if (result.reason === 'human-left') await this.#ended.promise;
    throw new Error(`caller and human agent could not be connected: ${describeFailure(result)}`, { cause: result });
  }

  onHumanLeft(listener: (how: DisconnectCause) => void): () => void {
    return this.#onEnd((end) => {
      if (end.cause === 'human-left') listener(end.left.how);
    });
  }

  /** Reports only a lost consult room: a caller who left is reported by the caller port. */
  onMergeLost(listener: (cause: unknown) => void): () => void {
    return this.#onEnd((end) => {
      if (end.cause === 'consult-room-lost') listener(new Error('the bridge lost the consult room', { cause: end }));
    });
  }

  async close(): Promise<void> {
    this.#closed.resolve(undefined);
    const call = this.#call;
    await this.#merge?.close();
    // A human agent in the caller room is not disconnected by the end of the consult room.
    if (call !== undefined && call.by !== 'bridge') await this.#hangUp(call.humanIdentity);
  }

  async #hangUp(humanIdentity: string): Promise<void> {
    const { callerRoom, rooms } = this.#options;
    // An agent that is no longer in the caller room leaves the call as it is.
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
    if (consultRoom === undefined) throw new Error('the merge was closed before it started');
    const merge = createMerge({ ...options, consultRoom });
    this.#merge = merge;
    void merge.ended.then(this.#ended.resolve);
    void merge.together.then(onTogether);
    return merge;
  }

  #onEnd(listener: (end: MergeEnd) => void): () => void {
    let listening = true;
    const onEnd = (end: MergeEnd): void => {
      if (listening) listener(end);
    };
    void this.#ended.promise.then(onEnd);
    return () => {
      listening = false;
    };
  }
}

function describeFailure(result: Extract<CallMergeResult, { merged: false }>): string {
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
