/** Limits of an attempt besides the ring limit, in milliseconds. */
export interface DialLimits {
  /** How long the request may stay silent after the call was picked up. */
  readonly pickedUpMs: number;
  /** How long the request may stay silent after the leg left. */
  readonly leftMs: number;
  /** How long the leg may take to appear after the connection to the server was lost. */
  readonly joinMs: number;
  /** How long a hang-up may come after the last key of the dial, and a look at the leg may take. */
  readonly confirmMs: number;
  /** How long the leg's reason for leaving may come after the response. */
  readonly reasonAfterResponseMs: number;
  /** How long the leg may take to leave after its phone hung up, which the server reports right away. */
  readonly hungUpMs: number;
  /** How long the leg's reason for leaving may take where it decides the outcome: a leg without a track is reported every 3 s. */
  readonly decisiveReasonMs: number;
  /** How long the outcome waits for the leg to be seen gone; clearing goes on after it. */
  readonly removalMs: number;
  /** The same for a leg that did not appear in `joinMs`. */
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
