import type { Room } from '@livekit/rtc-node';
import { HoldAudio } from '@org/hold-audio';
import { playBareFrames } from './bare-frames.js';

/** `rooms`: connected, nothing published. `bare`: the cheapest loop of ready-made frames. */
export type HoldVariant = 'ours' | 'baseline' | 'bare' | 'rooms';

/** Each way to keep a caller waiting, with its default clip or the one given. Resolves, once begun, with the way to stop. */
export const holdPlayers: Readonly<Record<HoldVariant, (room: Room, clip?: string) => Promise<() => Promise<void>>>> = {
  rooms: async () => async () => undefined,
  bare: (room) => playBareFrames(room),
  ours: async (room, clip) => {
    const hold = new HoldAudio({ room, ...(clip === undefined ? {} : { source: clip }) });
    await hold.start();
    return () => hold.close();
  },
  baseline: async (room, clip) => {
    // Not loaded into the processes of the others.
    const { initializeLogger, voice } = await import('@livekit/agents');
    initializeLogger({ pretty: false, level: 'error' });
    const player = new voice.BackgroundAudioPlayer();
    await player.start({ room });
    player.play({ source: clip ?? voice.BuiltinAudioClip.HOLD_MUSIC, volume: 0.8 }, true);
    return () => player.close();
  },
};
