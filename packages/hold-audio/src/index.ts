export { BuiltinAudioClip } from './builtin-audio-clip.ts';
export { HoldAudio, type HoldAudioState } from './hold-audio.ts';
export { HoldAudioError, type HoldAudioErrorCode } from './hold-audio-error.ts';
export type { HoldAudioEvents, HoldStopReason } from './hold-audio-events.ts';
export { type HoldAudioOptions, holdAudioDefaults } from './hold-audio-options.ts';
export type { HoldRoom } from './hold-room.ts';
export type { HoldSource } from './source/hold-source.ts';
