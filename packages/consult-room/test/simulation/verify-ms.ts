/** The longest time that the verification of a merge takes, in milliseconds. */
export const verifyMs = 2_000;
