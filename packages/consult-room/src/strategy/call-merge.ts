import type { MergedCall } from '../call/merged-call.js';
import type { MergeEnd, MergeResult } from '../merge/merge-result.js';
import type { MergeRequest } from '../options/merge-options.js';
import type { Cancelable } from '../options/signal-options.js';

/** A merge's result, with the call of a successful one. */
export type CallMergeResult =
  | Exclude<MergeResult, { readonly merged: true }>
  | (Extract<MergeResult, { readonly merged: true }> & { readonly call: MergedCall });

/** Joins a caller and a human agent who are in two rooms. */
export interface CallMerge extends AsyncDisposable {
  /**
   * Resolves once, when a merge is no longer possible: somebody left, a room was lost, or `close()` was called. People
   * and rooms are watched from the first `prepare()` or `merge()` on.
   */
  readonly ended: Promise<MergeEnd>;
  /**
   * Resolves when both are in the caller's room, by a move or a promotion: from then on the consult room is of no use,
   * and can be closed. Stays pending otherwise.
   */
  readonly together: Promise<void>;
  /**
   * Does everything that takes time, so that `merge()` is quick. Nothing is heard across. The human need not be in
   * the room yet. Calling it is optional, and more than once is the same as once.
   *
   * @throws ConsultRoomError `invalid-option`, `encrypted`, `media`, `aborted` or `closed`.
   */
  prepare(options?: Cancelable): Promise<void>;
  /**
   * Lets the two hear each other, and resolves when both directions stand. Silence is no fault. A speaker of whom no
   * packets arrive, since they are on hold or silent, is a warning. Whatever comes back as
   * `merged: false` was rolled back: nobody hears across, and another call of `merge()` tries again. Rejects only for
   * options that are wrong.
   *
   * @throws ConsultRoomError `invalid-option`.
   */
  merge(options?: MergeRequest): Promise<CallMergeResult>;
  /**
   * Parts the two if a bridge joins them, and releases everything. The rooms stay connected: they belong to whoever
   * gave them. A human agent whom a move that was given up brings into the caller's room is removed, for at least 15 s.
   */
  close(): Promise<void>;
}
