import type { llm, stt, tts, VAD, voice } from '@livekit/agents';
import type { BriefingOptionProblem } from '../briefing-error.js';

/**
 * The models of a briefing. They are never closed, and another session may use them at the same time.
 *
 * - An `llm.LLM` needs `stt` and `tts`.
 * - A realtime model needs neither, but cannot say fixed sentences without a `tts` (or sentences that are functions).
 * - No model (`llm: null`): a static message is read, and keys decide. `stt` is not used.
 */
export interface BriefingModels {
  /** The language model; `null` for a static message. */
  llm: llm.LLM | llm.RealtimeModel | null;
  /** The recognizer. */
  stt?: stt.STT | null;
  /** The voice. */
  tts?: tts.TTS | null;
  /** The voice after a model failed, preferably of another provider. Default `tts`. */
  fallbackTts?: tts.TTS | null;
  /** Voice activity detection. Default none: no model is loaded that was not given. */
  vad?: VAD | null;
  /** Default: the realtime model's own, else `vad` when a VAD is given, else `stt`; `null` for the default. */
  turnDetection?: voice.AgentSessionOptions['turnDetection'] | null;
}

export function isRealtime(model: BriefingModels['llm']): model is llm.RealtimeModel {
  return model !== null && 'session' in model && typeof model.session === 'function';
}

/** Returns whether the models write down the words on the line. */
export function transcribes({ llm: model, stt }: BriefingModels): boolean {
  return stt != null || (isRealtime(model) && model.capabilities.userTranscription);
}

/** Returns a problem for each model that is missing for a conversation. Each given model has been validated. */
export function missingModels({ llm: model, stt, tts }: BriefingModels): readonly BriefingOptionProblem[] {
  const noVoice = { option: 'models.tts', reason: 'is missing: a briefing needs a voice' };
  if (isRealtime(model)) {
    const speaks = model.capabilities.audioOutput || tts != null;
    return speaks ? [] : [{ ...noVoice, reason: 'is missing: this realtime model has no voice' }];
  }
  const noRecognizer = { option: 'models.stt', reason: 'is missing: an llm.LLM needs a recognizer' };
  return [...(tts == null ? [noVoice] : []), ...(model !== null && stt == null ? [noRecognizer] : [])];
}
