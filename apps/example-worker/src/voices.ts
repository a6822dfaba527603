/**
 * The voices when the speech is scripted: one tone each, and one more tone per word. The voices are far
 * from each other, from the words and from the notes of the hold music, so that a recording tells who was heard.
 */
export const voices = {
  /** The caller's phone. */
  caller: 1500,
  /** The human agent's phone. */
  human: 1700,
  /** The receptionist, who talks to the caller. */
  receptionist: 1900,
  /** The briefing agent, who talks to the human agent. */
  briefing: 2100,
} as const;

interface Word {
  /** Hz. */
  readonly frequency: number;
  /** The words that the speech recognition hears in it. */
  readonly transcript: string;
}

/** Words that a phone can say. */
export const words = {
  person: { frequency: 2300, transcript: 'I would like to talk to a person, please.' },
  yes: { frequency: 2500, transcript: 'Yes, put them through.' },
  no: { frequency: 2700, transcript: 'No, I am in a meeting.' },
} as const satisfies Record<string, Word>;
