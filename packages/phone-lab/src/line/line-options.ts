import type { LineSound } from './line-sound.js';

/** What a phone's line is like. */
export type LineOptions = LineSound;
