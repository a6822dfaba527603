/** What the media stack works with inside: no resampling on the way. */
export const relaySampleRate = 48_000;

/** The shortest frame there is. Longer ones only add delay. */
export const relayFrameMs = 10;

export const relayFrameSamples: number = (relaySampleRate * relayFrameMs) / 1000;
