import { hangUpOrWarn } from '../call/hang-up.js';
import type { ResolvedBridgeOptions } from '../merge/bridge-options.js';
import type { Merge, MergeEnd, MergeResult, MergeState } from '../merge/merge.js';
import type { SharedRoom } from '../merge/shared-room.js';
import type { PeopleService } from '../move/people-service.js';
import { deferred } from '../support/deferred.js';

/** A merge after the human agent's own line came into the caller's room. There is no way back to the consult room. */
export class RejoinedMerge implements Merge {
  readonly #shared: SharedRoom;
  readonly #people: PeopleService;
  readonly #onWarning: ResolvedBridgeOptions['onWarning'];
  readonly #ended = deferred<MergeEnd>();
  #end: MergeEnd | undefined;
  #state: MergeState = 'merged';

  constructor(shared: SharedRoom, people: PeopleService, onWarning: ResolvedBridgeOptions['onWarning']) {
    this.#shared = shared;
    this.#people = people;
    this.#onWarning = onWarning;
    void this.#follow();
  }

  get state(): MergeState {
    return this.#state;
  }

  get ended(): Promise<MergeEnd> {
    return this.#ended.promise;
  }

  async prepare(): Promise<void> {
    // Nothing is left to do.
  }

  async merge(): Promise<MergeResult> {
    return { merged: false, reason: this.#end?.cause ?? 'unmerged' };
  }

  /** Hangs up the human agent's line. */
  async unmerge(): Promise<void> {
    if (this.#state !== 'merged') return;
    this.#state = 'unmerged';
    const { room, identities } = this.#shared;
    await hangUpOrWarn(this.#people, { room: room.name ?? '', identity: identities.human }, this.#onWarning);
  }

  async close(): Promise<void> {
    this.#shared.close();
    this.#finish({ cause: 'closed' });
    this.#state = 'closed';
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #follow(): Promise<void> {
    this.#finish(await this.#shared.ended);
  }

  #finish(end: MergeEnd): void {
    if (this.#end) return;
    this.#end = end;
    if (this.#state === 'merged') this.#state = 'unmerged';
    this.#ended.resolve(end);
  }
}
