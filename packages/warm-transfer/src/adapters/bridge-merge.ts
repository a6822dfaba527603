import { createBridge, type Bridge, type MergeEnd, type MergeResult } from '@org/consult-room';
import type { Room } from '@livekit/rtc-node';
import { deferred, type Deferred } from '../deferred.js';
import type { MergePort } from '../ports.js';

interface BridgeMergeOptions {
  readonly callerRoom: Room;
  readonly callerIdentity: string;
  /** The joined consult room; asked for by `prepare`. */
  readonly joined: Promise<Room>;
  readonly humanIdentity: string;
  /** Trouble that does not end the merge. */
  readonly onWarning: (cause: unknown) => void;
}

/** The merge by relaying audio between the two rooms, which works on every LiveKit server. */
export class BridgeMerge implements MergePort {
  readonly #options: BridgeMergeOptions;
  readonly #ready: Deferred<Bridge> = deferred();
  #bridge: Bridge | undefined;
  #closed = false;

  constructor(options: BridgeMergeOptions) {
    this.#options = options;
  }

  async prepare(signal: AbortSignal): Promise<void> {
    const { joined, ...options } = this.#options;
    const consultRoom = await joined;
    if (this.#closed) return;
    const bridge = createBridge({ ...options, consultRoom });
    this.#bridge = bridge;
    await bridge.prepare({ signal });
    this.#ready.resolve(bridge);
  }

  async merge(signal: AbortSignal): Promise<void> {
    const bridge = await this.#ready.promise;
    const result = await bridge.merge({ signal });
    if (!result.merged) throw new Error(`the two could not be joined: ${whyNot(result)}`, { cause: result });
  }

  /** Only what neither party did: that somebody left is reported by who watches them. */
  onLost(listener: (cause: unknown) => void): () => void {
    let listening = true;
    const lost = (end: MergeEnd): void => {
      if (listening && end.cause === 'consult-room-lost')
        listener(new Error('the bridge lost the consult room', { cause: end }));
    };
    void this.#ready.promise.then(async (bridge) => lost(await bridge.ended));
    return () => {
      listening = false;
    };
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#bridge?.close();
  }
}

function whyNot(result: Extract<MergeResult, { merged: false }>): string {
  switch (result.reason) {
    case 'no-proof':
      return result.missing.map(({ direction, missing }) => `no ${missing} ${direction}`).join(', ');
    case 'media':
      return result.error.message;
    case 'aborted':
    case 'unmerged':
    case 'caller-left':
    case 'human-left':
    case 'caller-room-lost':
    case 'consult-room-lost':
    case 'closed':
      return result.reason;
  }
}
