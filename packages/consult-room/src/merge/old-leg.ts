import { deferred } from '../support/deferred.js';
import type { MergeEnd } from './merge.js';

/** Takes note of the old line's end in place of the bridge while its phone is told to call anew. */
export class OldLeg {
  readonly #gone = deferred<MergeEnd>();
  end: MergeEnd | undefined;

  get gone(): Promise<MergeEnd> {
    return this.#gone.promise;
  }

  absorb(end: MergeEnd): boolean {
    if (end.cause !== 'human-left') return false;
    this.end = end;
    this.#gone.resolve(end);
    return true;
  }
}
