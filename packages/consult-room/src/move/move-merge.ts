import { DisconnectReason } from '@livekit/rtc-node';
import { hangUpOrWarn } from '../call/hang-up.js';
import { ConsultRoomError } from '../errors/consult-room-error.js';
import { MergeAttempt } from '../merge/merge-attempt.js';
import type { Cancelable, Merge, MergeEnd, MergeResult, MergeState } from '../merge/merge.js';
import type { ResolvedBridgeOptions } from '../merge/bridge-options.js';
import { SharedRoom } from '../merge/shared-room.js';
import { watchEnd } from '../merge/watch-end.js';
import { deferred } from '../support/deferred.js';
import { sleep } from '../support/sleep.js';
import { throwIfAborted } from '../support/race-signal.js';
import { moveParticipant } from './move-participant.js';
import type { MoveOutcome } from './move-participant.js';
import type { PeopleService } from './people-service.js';

export interface MoveMergeOptions extends ResolvedBridgeOptions {
  readonly moveTimeoutMs: number;
  readonly people: PeopleService;
}

/** How long a listing may lag behind the answer to a move, in milliseconds. */
const listedMs = 1_000;

/** Pause between two looks at who is in the caller's room, in milliseconds. */
const lookEveryMs = 20;

/** The merge of LiveKit Cloud: the server moves the human agent into the caller's room. */
export class MoveMerge implements Merge {
  readonly #options: MoveMergeOptions;
  readonly #ended = deferred<MergeEnd>();
  #end: MergeEnd | undefined;
  #state: MergeState = 'idle';
  #shared: SharedRoom | undefined;
  /** Set while the human leaves the consult room because they are moved: what was seen of it. */
  #moving: { left?: MergeEnd } | undefined;
  #stopWatching: (() => void) | undefined;
  #current: { readonly attempt: MergeAttempt; readonly result: Promise<MergeResult> } | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: MoveMergeOptions) {
    this.#options = options;
  }

  get state(): MergeState {
    return this.#state;
  }

  get ended(): Promise<MergeEnd> {
    return this.#ended.promise;
  }

  /** There while the two are in one room. */
  get shared(): SharedRoom | undefined {
    return this.#shared;
  }

  async prepare(options: Cancelable = {}): Promise<void> {
    throwIfAborted(options.signal, 'prepare the move');
    if (this.#state === 'closed') throw new ConsultRoomError('closed', 'the merge was closed');
    this.#watch();
  }

  async merge(options: Cancelable = {}): Promise<MergeResult> {
    if (this.#end) return { merged: false, reason: this.#end.cause };
    if (!this.#current) {
      this.#watch();
      const attempt = new MergeAttempt(options.signal);
      this.#current = { attempt, result: this.#run(attempt) };
    }
    return this.#current.result;
  }

  async unmerge(): Promise<void> {
    const current = this.#current;
    this.#current = undefined;
    current?.attempt.stop('unmerged');
    // A move that is under way takes the human back by itself.
    await current?.result;
    if (this.#shared && !this.#end) await this.#takeBack(this.#shared);
    if (this.#state === 'merged' || this.#state === 'prepared') this.#state = 'unmerged';
  }

  /** Watches nobody until it is needed again: another way of merging has taken over. */
  rest(): void {
    this.#stopWatching?.();
    this.#stopWatching = undefined;
  }

  /** Takes a human who comes into the caller's room after the request to move them was given up as merged. */
  async adopt(): Promise<boolean> {
    const { callerRoom, humanIdentity } = this.#options;
    const endsAt = performance.now() + listedMs;
    while (!callerRoom.remoteParticipants.has(humanIdentity)) {
      if (performance.now() > endsAt || this.#closing) return false;
      await sleep(lookEveryMs);
    }
    this.#watch();
    this.#moving = {};
    this.#share();
    this.#state = 'merged';
    return true;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #watch(): void {
    this.#stopWatching ??= watchEnd(this.#options, (end) => this.#onEnd(end));
    if (this.#state === 'idle') this.#state = 'prepared';
  }

  async #run(attempt: MergeAttempt): Promise<MergeResult> {
    const startedAt = performance.now();
    const result = await this.#move(attempt, startedAt);
    attempt.settle();
    if (this.#state === 'merging') this.#state = result.merged ? 'merged' : 'prepared';
    if (!result.merged && this.#current?.attempt === attempt) this.#current = undefined;
    return result;
  }

  async #move(attempt: MergeAttempt, startedAt: number): Promise<MergeResult> {
    const { consultRoom, callerRoom } = this.#options;
    if (attempt.stopped !== undefined) return { merged: false, reason: attempt.stopped };
    this.#state = 'merging';
    this.#moving = {};
    const outcome = await this.#request(consultRoom.name ?? '', callerRoom.name ?? '');
    if (outcome.where !== 'there') return this.#notMoved(attempt, outcome);
    const shared = this.#share();
    const missing = await attempt.prove(shared.flows, this.#options.proofTimeoutMs, this.#options);
    if (attempt.stopped === undefined && missing.length === 0) {
      return { merged: true, by: 'move', tookMs: performance.now() - startedAt };
    }
    // The agent can tell a human whose caller is gone; a human who is gone themselves cannot be told.
    if (this.#end?.cause !== 'human-left') await this.#takeBack(shared);
    if (attempt.stopped !== undefined) return { merged: false, reason: attempt.stopped };
    return { merged: false, reason: 'no-proof', missing };
  }

  #share(): SharedRoom {
    const { callerRoom: room, callerIdentity, humanIdentity } = this.#options;
    const shared = new SharedRoom({ room, callerIdentity, humanIdentity });
    this.#shared = shared;
    void shared.ended.then((end) => this.#finish(end));
    return shared;
  }

  #notMoved(attempt: MergeAttempt, outcome: Exclude<MoveOutcome, { where: 'there' }>): MergeResult {
    const left = this.#moving?.left;
    this.#moving = undefined;
    if (outcome.where === 'nowhere') this.#finish(left ?? this.#lost());
    if (attempt.stopped !== undefined) return { merged: false, reason: attempt.stopped };
    return { merged: false, reason: 'media', error: outcome.error };
  }

  /** Moves the human back to the consult room. If they cannot be, they are lost to it. */
  async #takeBack(shared: SharedRoom): Promise<void> {
    const { consultRoom, callerRoom } = this.#options;
    shared.close();
    this.#shared = undefined;
    const outcome = await this.#request(callerRoom.name ?? '', consultRoom.name ?? '');
    this.#moving = undefined;
    if (outcome.where === 'there') return;
    // Whoever stays in the caller's room against our will would hear all that is said there.
    const { people, humanIdentity, onWarning } = this.#options;
    onWarning(outcome.error);
    if (outcome.where !== 'nowhere') {
      await hangUpOrWarn(people, { room: callerRoom.name ?? '', identity: humanIdentity }, onWarning);
    }
    this.#finish(this.#lost());
  }

  #request(from: string, to: string): Promise<MoveOutcome> {
    const { people, humanIdentity, moveTimeoutMs } = this.#options;
    return moveParticipant(people, { identity: humanIdentity, from, to }, { requestMs: moveTimeoutMs, listedMs });
  }

  #onEnd(end: MergeEnd): void {
    // The consult room does not matter once both are in the caller's room.
    const ofConsult = end.cause === 'human-left' || end.cause === 'consult-room-lost';
    if (ofConsult && this.#moving) this.#moving.left = end;
    else this.#finish(end);
  }

  #lost(): MergeEnd {
    const left = {
      identity: this.#options.humanIdentity,
      how: 'lost',
      reason: DisconnectReason.UNKNOWN_REASON,
    } as const;
    return { cause: 'human-left', left };
  }

  #finish(end: MergeEnd): void {
    if (this.#end) return;
    this.#end = end;
    this.#current?.attempt.stop(end.cause);
    this.#current = undefined;
    if (this.#state === 'merged' || this.#state === 'merging') this.#state = 'unmerged';
    this.#ended.resolve(end);
  }

  async #close(): Promise<void> {
    const running = this.#current;
    // What is under way is undone first; a merge that is done stays: nobody is hung up by our leaving.
    running?.attempt.stop('closed');
    if (this.#state === 'merging') await running?.result;
    this.#finish({ cause: 'closed' });
    this.#state = 'closed';
    this.#stopWatching?.();
    this.#shared?.close();
    this.#shared = undefined;
  }
}
