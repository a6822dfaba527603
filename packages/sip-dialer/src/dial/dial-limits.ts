/** Timeouts of an attempt besides the ringing timeout, in milliseconds. */
export interface DialLimits {
  /** How long the request may stay silent after the call was picked up. */
  readonly pickedUpMs: number;
  /** How long the request may stay silent after the leg left. */
  readonly leftMs: number;
  /** How long the leg may take to appear after the connection to the server was lost. */
  readonly joinMs: number;
  /** How long after the last key of the dial a hang-up may be reported, and how long refreshing the leg may take. */
  readonly confirmMs: number;
  /** How long after the response the leg's disconnect reason may arrive. */
  readonly reasonAfterResponseMs: number;
  /** How long the leg may take to leave after its phone hung up, which the server reports right away. */
  readonly hungUpMs: number;
  /** How long the leg's disconnect reason may take where it decides the outcome: a leg without a track is reported every 3 s. */
  readonly decisiveReasonMs: number;
  /** How long the outcome waits until the leg is gone; the removal continues afterwards. */
  readonly removalMs: number;
  /** How long the outcome waits for a leg that did not appear within `joinMs`. */
  readonly unseenLegMs: number;
}

export const dialLimits: DialLimits = Object.freeze({
  pickedUpMs: 5_000,
  leftMs: 1_000,
  joinMs: 3_000,
  confirmMs: 150,
  reasonAfterResponseMs: 250,
  hungUpMs: 1_000,
  decisiveReasonMs: 3_500,
  removalMs: 1_000,
  unseenLegMs: 500,
});
