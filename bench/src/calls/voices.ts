/** The tone of each party, Hz: far from each other and from each other's harmonics. */
export const voices = {
  caller: 1500,
  human: 1700,
  receptionist: 1900,
  briefing: 2100,
  /** The hold clip of both libraries: a steady tone, so that "at full level" is a moment. */
  hold: 700,
} as const;

/** Words that the phones say: a tone each, and what the speech recognition makes of it. */
export const words = { person: 2300, yes: 2500 } as const;

export const CALLER_NUMBER = '+15550199';
export const AGENT_NAME = 'bench';
