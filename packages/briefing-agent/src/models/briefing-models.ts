import type { llm, stt, tts, VAD, voice } from '@livekit/agents';
import type { BriefingOptionProblem } from '../briefing-error.js';

/**
 * Models of the briefing. They are used, never closed; they may be in use by another session at the same time.
 *
 * - An `llm.LLM` needs `stt` and `tts`.
 * - A realtime model needs neither, but cannot say fixed sentences without a `tts` (or sentences that are functions).
 * - No model (`llm: null`): a static message is read, and keys decide. `stt` is not used then.
 */
export interface BriefingModels {
  llm: llm.LLM | llm.RealtimeModel | null;
  stt?: stt.STT | null;
  tts?: tts.TTS | null;
  /** The voice of the fallback when a model failed, best of another provider. Default `tts`. */
  fallbackTts?: tts.TTS | null;
  /** Voice activity detection. Default none: nothing is loaded that was not given. */
  vad?: VAD | null;
  /** Default: the realtime model's own, else `vad` when a VAD is given, else `stt`; `null` for the default. */
  turnDetection?: voice.AgentSessionOptions['turnDetection'] | null;
}

export function isRealtime(model: BriefingModels['llm']): model is llm.RealtimeModel {
  return model !== null && 'session' in model && typeof model.session === 'function';
}

/** Whether the model hears people and writes down what they say. */
export function transcribes({ llm: model, stt }: BriefingModels): boolean {
  return stt != null || (isRealtime(model) && model.capabilities.userTranscription);
}

/** What these models, each of which is one, lack for talking to a person. */
export function missingModels({ llm: model, stt, tts }: BriefingModels): readonly BriefingOptionProblem[] {
  const voice = { option: 'models.tts', reason: 'is missing: a briefing needs a voice' };
  if (isRealtime(model)) {
    const speaks = model.capabilities.audioOutput || tts != null;
    return speaks ? [] : [{ ...voice, reason: 'is missing: this realtime model has no voice' }];
  }
  const recognizer = { option: 'models.stt', reason: 'is missing: an llm.LLM needs a recognizer' };
  return [...(tts == null ? [voice] : []), ...(model !== null && stt == null ? [recognizer] : [])];
}
