import { setPriority } from 'node:os';

/** For files that compute beside the minute on hold: whoever waits there goes first. */
export const giveWay = (): void => setPriority(10);
