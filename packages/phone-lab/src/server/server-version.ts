/** Oldest livekit-server that the lab's facts hold for, and the one that it builds. */
export const SERVER_VERSION = '1.13.5';
