/**
 * The clips that come with this package.
 *
 * `HOLD_MUSIC` has the value that `@livekit/agents` gives its clip of this name, so that either constant can be passed;
 * what plays is this package's own composition.
 */
export const BuiltinAudioClip: { readonly HOLD_MUSIC: 'hold_music.ogg' } = Object.freeze({
  HOLD_MUSIC: 'hold_music.ogg',
});

export type BuiltinAudioClip = (typeof BuiltinAudioClip)[keyof typeof BuiltinAudioClip];
