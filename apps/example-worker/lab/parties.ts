import type { Signature } from '@org/phone-lab';
import { HOLD_MUSIC_BAND, HOLD_MUSIC_FREQUENCIES } from '@org/hold-audio/testing';
import { voices, words } from '../src/voices.js';

/** Number of the person that the worker fetches. */
export const HUMAN_NUMBER = '+15550142';
/** Number that the caller calls from. */
export const CALLER_NUMBER = '+15550199';

/** The parties of a recording, distinguished by their tones. */
export const parties = {
  receptionist: { name: 'receptionist', frequencies: [voices.receptionist] },
  hold: { name: 'hold music', frequencies: [], band: HOLD_MUSIC_BAND },
  briefing: { name: 'briefing agent', frequencies: [voices.briefing] },
  human: { name: 'human agent', frequencies: [voices.human] },
  caller: { name: 'caller', frequencies: [voices.caller] },
  words: { name: 'words', frequencies: Object.values(words).map(({ frequency }) => frequency) },
} as const satisfies Record<string, Signature>;

/** The hold music, note by note. */
export const holdNotes: Signature = { name: parties.hold.name, frequencies: HOLD_MUSIC_FREQUENCIES };

export const vocabulary = Object.fromEntries(Object.entries(words).map(([word, { frequency }]) => [word, frequency]));
