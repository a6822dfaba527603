import type { MergedCall } from '../call/merged-call.js';
import type { MergeEnd, MergeResult } from '../merge/merge-result.js';
import type { MergeRequest } from '../options/merge-options.js';
import type { SignalOptions } from '../options/signal-options.js';

/** The result of a merge, with the call if it succeeded. */
export type CallMergeResult =
  | Exclude<MergeResult, { readonly merged: true }>
  | (Extract<MergeResult, { readonly merged: true }> & { readonly call: MergedCall });

/** A merge of a caller and a human agent who are in two rooms. */
export interface CallMerge extends AsyncDisposable {
  /**
   * Resolves once, when a merge is no longer possible: a party left, a room was lost, or `close()` was called. The
   * rooms are watched from the first `publishTracks()` or `merge()` on.
   */
  readonly ended: Promise<MergeEnd>;
  /**
   * Resolves when both parties are in the caller room, by a move or a promotion: the consult room is no longer needed,
   * and can be closed. Stays pending otherwise.
   */
  readonly together: Promise<void>;
  /**
   * Publishes the bridge's tracks, which carry silence, so that `merge()` only has to open its gate. Neither party
   * hears the other one, and the human agent need not be in the room yet. Does nothing without a bridge. Optional; a
   * second call returns the result of the first one.
   *
   * @throws ConsultRoomError `invalid-option`, `encrypted`, `media`, `aborted` or `closed`
   */
  publishTracks(options?: SignalOptions): Promise<void>;
  /**
   * Lets caller and human agent hear each other, and resolves when audio flows in both directions. Silence does not
   * fail it; a speaker of whom no packets arrive, because the phone is on hold or sends none during silence, is a
   * warning. A result of `merged: false` was rolled back: neither party hears the other one, and another call of
   * `merge()` tries again. Rejects only for invalid options.
   *
   * @throws ConsultRoomError `invalid-option`
   */
  merge(options?: MergeRequest): Promise<CallMergeResult>;
  /**
   * Separates the parties if they are merged by a bridge, and releases everything. The rooms stay connected. A human
   * agent whom an abandoned move brings into the caller room later is removed, for at least 15 s.
   */
  close(): Promise<void>;
}
