import { DisconnectReason } from '@livekit/rtc-node';
import { BridgeTalk } from '../call/bridge-talk.js';
import { LiveCall } from '../call/live-call.js';
import type { Promoter } from '../call/live-call.js';
import type { MergedCall } from '../call/merged-call.js';
import { SharedTalk } from '../call/shared-talk.js';
import { toConsultRoomError } from '../errors/to-consult-room-error.js';
import { MoveMerge } from '../move/move-merge.js';
import { movesParticipants, rememberMoveSupport } from '../move/move-support.js';
import type { PeopleService } from '../move/people-service.js';
import { promoteToRejoin } from '../rejoin/promote.js';
import type { PromoteContext } from '../rejoin/promote-context.js';
import { RejoinedMerge } from '../rejoin/rejoined-merge.js';
import { deferred } from '../support/deferred.js';
import { RelayBridge } from './bridge.js';
import { findMixedEncryption } from './encryption.js';
import type { ResolvedMergeOptions } from './merge-options.js';
import { OldLeg } from './old-leg.js';
import type { Cancelable, Merge, MergeEnd, MergeResult, MergeState } from './merge.js';
import { SharedRoom } from './shared-room.js';

/** A merge's result, with the call if there is one. */
export type CallMergeResult =
  | Exclude<MergeResult, { readonly merged: true }>
  | (Extract<MergeResult, { readonly merged: true }> & { readonly call: MergedCall });

export interface CallMerge extends Merge {
  merge(options?: Cancelable): Promise<CallMergeResult>;
}

/** Merges by the chosen strategy, and promotes. */
export class ChosenMerge implements CallMerge {
  readonly #options: ResolvedMergeOptions;
  readonly #ended = deferred<MergeEnd>();
  #end: MergeEnd | undefined;
  #bridge: RelayBridge | undefined;
  readonly #mover: MoveMerge | undefined;
  /** Whose state and end count. */
  #active: Merge;
  #current: Promise<CallMergeResult> | undefined;
  #call: LiveCall | undefined;
  /** The request to move was given up; the server may still do it. */
  #mayBeMovedLate = false;
  #promoting: OldLeg | undefined;
  /** Bridges whose human has left the consult room. */
  readonly #over = new WeakSet<Merge>();
  /** Bridges that are no longer needed, on their way out. */
  readonly #retired: Promise<void>[] = [];
  #closing: Promise<void> | undefined;

  constructor(options: ResolvedMergeOptions) {
    this.#options = options;
    const { people, strategy } = options;
    if (people && strategy !== 'bridge') this.#mover = this.#watched(new MoveMerge({ ...options, people }));
    this.#active = strategy === 'move' && this.#mover ? this.#mover : this.#newBridge();
  }

  get state(): MergeState {
    return this.#closing ? 'closed' : this.#active.state;
  }

  get ended(): Promise<MergeEnd> {
    return this.#ended.promise;
  }

  async prepare(options: Cancelable = {}): Promise<void> {
    const { strategy, serverUrl } = this.#options;
    const mixed = findMixedEncryption(this.#options);
    if (mixed) throw mixed;
    // Where the server is known to move participants, no bridge needs to get ready.
    if (strategy === 'auto' && this.#mover && movesParticipants(serverUrl) === true) this.#active = this.#mover;
    await this.#active.prepare(options);
  }

  async merge(options: Cancelable = {}): Promise<CallMergeResult> {
    if (this.#end) return { merged: false, reason: this.#end.cause };
    if (!this.#current) {
      const running = this.#run(options);
      this.#current = running;
      void this.#forgetUnlessMerged(running);
    }
    return this.#current;
  }

  /** A merge that failed may be tried again; a later one may have taken its place already. */
  async #forgetUnlessMerged(running: Promise<CallMergeResult>): Promise<void> {
    const { merged } = await running;
    if (!merged && this.#current === running) this.#current = undefined;
  }

  async unmerge(): Promise<void> {
    this.#current = undefined;
    this.#call?.end({ cause: 'unmerged' });
    this.#call = undefined;
    await this.#active.unmerge();
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #run(options: Cancelable): Promise<CallMergeResult> {
    const startedAt = performance.now();
    const mixed = findMixedEncryption(this.#options);
    if (mixed) return { merged: false, reason: 'media', error: mixed };
    const { strategy, serverUrl } = this.#options;
    // A server of which it is not known is asked to move the human agent: one that cannot says so within milliseconds.
    if (this.#mover && (strategy === 'move' || movesParticipants(serverUrl) !== false)) {
      this.#active = this.#mover;
      const result = await this.#mover.merge(options);
      const isNotImplemented = !result.merged && result.reason === 'media' && result.error.code === 'not-implemented';
      if (result.merged || isNotImplemented) rememberMoveSupport(serverUrl, result.merged);
      const mayFallBack = !result.merged && (result.reason === 'media' || result.reason === 'no-proof');
      if (strategy === 'move' || !mayFallBack || this.#end) return this.#withCall(result);
      if (result.reason === 'media' && !isNotImplemented) this.#options.onWarning(result.error);
      this.#mayBeMovedLate = !isNotImplemented;
      this.#mover.rest();
    }
    const bridge = this.#liveBridge();
    this.#active = bridge;
    const result = await bridge.merge(options);
    return this.#withCall(result.merged ? { ...result, tookMs: performance.now() - startedAt } : result);
  }

  #withCall(result: MergeResult): CallMergeResult {
    if (!result.merged) return this.#end ? { merged: false, reason: this.#end.cause } : result;
    const { people } = this.#options;
    const shared = this.#mover?.shared;
    const relays = this.#bridge?.relays;
    if (this.#active === this.#mover && shared && people) {
      this.#call = new LiveCall(new SharedTalk('move', shared, people), this.#options);
      this.#retireBridge();
    } else if (relays) {
      const { rejoin, sip, promote } = this.#options;
      const promoter = rejoin && sip && people && this.#promoter({ rejoin, sip, people });
      this.#call = new LiveCall(new BridgeTalk(relays, this.#options), this.#options, promoter);
      if (promote === 'rejoin') void this.#call.promote();
    }
    // The end may have come between the proof and this moment.
    if (!this.#call || this.#end) return { merged: false, reason: this.#end?.cause ?? 'closed' };
    return { ...result, call: this.#call };
  }

  #promoter(services: Pick<PromoteContext, 'rejoin' | 'sip' | 'people'>): Promoter {
    return async (over, signal) => {
      const { bridge, call, relays } = { bridge: this.#bridge, call: this.#call, relays: this.#bridge?.relays };
      if (!bridge || !call || !relays) return { promoted: false, reason: 'not-bridged' };
      const oldLeg = new OldLeg();
      this.#promoting = oldLeg;
      const promotion = await promoteToRejoin({
        ...this.#options,
        ...services,
        relays,
        over,
        signal,
        oldLegGone: oldLeg.gone,
      });
      this.#promoting = undefined;
      if (promotion.promoted) await this.#share(bridge, call, promotion.humanIdentity, services.people);
      else if (oldLeg.end) bridge.end(oldLeg.end);
      return promotion;
    };
  }

  async #share(bridge: RelayBridge, call: LiveCall, humanIdentity: string, people: PeopleService): Promise<void> {
    const { callerRoom: room, callerIdentity, onWarning } = this.#options;
    const shared = new SharedRoom({ room, callerIdentity, humanIdentity });
    if (!this.#end) this.#active = this.#watched(new RejoinedMerge(shared, people, onWarning));
    await call.switchTo(new SharedTalk('rejoin', shared, people));
    await bridge.close();
    // Whoever left before they were watched is told of to nobody.
    if (room.remoteParticipants.has(humanIdentity)) return;
    const left = { identity: humanIdentity, how: 'lost', reason: DisconnectReason.UNKNOWN_REASON } as const;
    this.#finish({ cause: 'human-left', left });
  }

  /** A bridge is over when the human has left the consult room; once they are back it takes another one. */
  #liveBridge(): RelayBridge {
    return this.#bridge && !this.#over.has(this.#bridge) ? this.#bridge : this.#newBridge();
  }

  /** Takes the tracks of a bridge back once another way of merging has taken over, which would be fed otherwise. */
  #retireBridge(): void {
    if (this.#bridge) this.#retired.push(this.#bridge.close());
    this.#bridge = undefined;
  }

  #newBridge(): RelayBridge {
    this.#retireBridge();
    const absorb = (end: MergeEnd): boolean => this.#promoting?.absorb(end) ?? false;
    this.#bridge = this.#watched(new RelayBridge(this.#options, { absorb, people: this.#options.people }));
    return this.#bridge;
  }

  #watched<M extends Merge>(merge: M): M {
    void this.#followEnd(merge);
    return merge;
  }

  async #followEnd(merge: Merge): Promise<void> {
    const end = await merge.ended;
    this.#over.add(merge);
    if (merge === this.#active) await this.#onEnd(end);
  }

  async #onEnd(end: MergeEnd): Promise<void> {
    const mover = this.#mover;
    const late = this.#mayBeMovedLate && end.cause === 'human-left' && this.#active === this.#bridge;
    if (!late || !mover || !(await mover.adopt())) {
      this.#finish(end);
      return;
    }
    this.#active = mover;
    const { people } = this.#options;
    if (this.#call && mover.shared && people) await this.#call.switchTo(new SharedTalk('move', mover.shared, people));
    this.#retireBridge();
  }

  #finish(end: MergeEnd): void {
    if (this.#end) return;
    this.#end = end;
    this.#call?.end(end);
    this.#ended.resolve(end);
  }

  async #close(): Promise<void> {
    const call = this.#call;
    call?.end({ cause: 'closed' });
    // What it has made on the server has to go first.
    await call?.promotion;
    const active = this.#active === this.#bridge || this.#active === this.#mover ? undefined : this.#active;
    const done = await Promise.allSettled([
      this.#mover?.close(),
      this.#bridge?.close(),
      active?.close(),
      ...this.#retired,
    ]);
    this.#finish({ cause: 'closed' });
    for (const one of done) {
      if (one.status === 'rejected')
        this.#options.onWarning(toConsultRoomError(one.reason, 'close the merge', 'media'));
    }
  }
}
