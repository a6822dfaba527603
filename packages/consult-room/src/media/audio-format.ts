/** The internal sample rate of the media stack, in Hz: no resampling is needed. */
export const relaySampleRate = 48_000;

/** The shortest frame of the media stack, in milliseconds. Longer frames only add delay. */
export const relayFrameMs = 10;

export const relayFrameSamples: number = (relaySampleRate * relayFrameMs) / 1000;
