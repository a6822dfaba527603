/** How long the proof of a merge takes at most, in milliseconds. */
export const proofMs = 2_000;
