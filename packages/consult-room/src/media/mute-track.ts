import type { LocalAudioTrack } from '@livekit/rtc-node';

/**
 * Shows a track of ours as muted to everybody in its room, or no longer. It sends silence meanwhile.
 *
 * `LocalAudioTrack` has no call for it. The client that `@livekit/rtc-node` keeps in the global scope has; should a
 * version keep it elsewhere, nothing is shown, and only the silence is heard.
 */
export function muteTrack(track: LocalAudioTrack, muted: boolean): void {
  globalThis._ffiClientInstance?.request({
    message: { case: 'localTrackMute', value: { trackHandle: track.ffi_handle.handle, mute: muted } },
  });
}
