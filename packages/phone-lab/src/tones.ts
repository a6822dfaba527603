export { queueMusic, type MusicOptions } from './sounds/queue-music.js';
export { speechLike, type SpeechLikeOptions } from './sounds/speech-like.js';
export { VOICE_MARKS } from './sounds/voice-marks.js';
export { detectTones, type DetectedTone, type DetectTonesOptions } from './tones/detect-tones.js';
export { findClicks, type Click, type ClickOptions } from './tones/find-clicks.js';
export { findGaps, type Gap, type GapOptions } from './tones/find-gaps.js';
export { amplitudeToDbfs, dbfsToAmplitude, levelDbfs, SILENCE_DBFS } from './tones/level.js';
export { toSignature, type Signature } from './tones/signature.js';
export {
  joinPcm,
  mixPcm,
  samplesIn,
  silencePcm,
  softenEnds,
  toneBurst,
  ToneGenerator,
  type ToneOptions,
} from './tones/tone-generator.js';
export { toneTimeline, type ToneWindow } from './tones/tone-timeline.js';
export {
  readToneWords,
  toneWord,
  vocabularyOf,
  WORD_FREQUENCIES,
  WORD_GAP_MS,
  WORD_MS,
  type ToneWordHeard,
  type ToneWordOptions,
  type Vocabulary,
} from './tones/tone-words.js';
