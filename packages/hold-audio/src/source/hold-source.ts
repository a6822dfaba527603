import type { AudioFrame } from '@livekit/rtc-node';
import type { BuiltinAudioClip } from './builtin-audio-clip.js';
import type { AudioConfig } from './audio-config.js';
import type { ClipSequence } from './clip-sequence.js';

/**
 * A source of hold audio:
 * - `BuiltinAudioClip.HOLD_MUSIC`: this package's own clip;
 * - a string: the path of an audio file, absolute or relative to the working directory: WAV, and with `@ffmpeg/core`
 *   installed MP3, Ogg, Opus, FLAC, AAC and the other formats of ffmpeg; or the name of a clip of an installed
 *   `@livekit/agents`;
 * - a `file:`, `data:`, `http:` or `https:` URL of an audio file, as a string or a `URL`;
 * - a `Uint8Array`: the bytes of an audio file; they must not change afterwards;
 * - an `AsyncIterable<AudioFrame>`, or a function that makes one each time it is needed: audio frames of any rate, mono
 *   or stereo, 16 bit. It is read as fast as it is played. When it ends it is iterated (or created) again;
 * - an `AudioConfig`, `{ source, volume }`: one of these with a volume of its own;
 * - a list of `AudioConfig`: at each start one of them, by weight;
 * - `clipSequence([...])`: clips in turn, with intervals;
 * - `null`: silence; nothing is published.
 */
export type HoldSource =
  | BuiltinAudioClip
  // Keeps the constant above visible in an editor; `string` alone would swallow it.
  | (string & Record<never, never>)
  | URL
  | Uint8Array
  | AsyncIterable<AudioFrame>
  | (() => AsyncIterable<AudioFrame>)
  | AudioConfig
  | readonly AudioConfig[]
  | ClipSequence
  | null;
