import type { LocalAudioTrack } from '@livekit/rtc-node';

/**
 * Shows a track of this process as muted, or as unmuted, to the other participants of its room. A muted track sends
 * silence.
 *
 * `LocalAudioTrack` has no method for it. The client that `@livekit/rtc-node` keeps in the global scope has a request;
 * if a version keeps it elsewhere, nothing is shown, and only the silence is heard.
 */
export function muteTrack(track: LocalAudioTrack, muted: boolean): void {
  globalThis._ffiClientInstance?.request({
    message: { case: 'localTrackMute', value: { trackHandle: track.ffi_handle.handle, mute: muted } },
  });
}
