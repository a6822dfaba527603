import { inference } from '@livekit/agents';
import { modelsFrom, type BriefingModels } from '@org/briefing-agent';
import type { WarmTransferOptions } from './transfer-options.js';

/**
 * What is not given comes from the caller's session; `null` means none. A text names a model of LiveKit's inference.
 *
 * @throws BriefingError `invalid-option` when neither has a model.
 */
export function modelsOf({ session, stt, llm, tts, vad, turnDetection }: WarmTransferOptions): BriefingModels {
  return modelsFrom(session, {
    ...(stt === undefined ? {} : { stt: typeof stt === 'string' ? inference.STT.fromModelString(stt) : stt }),
    ...(llm === undefined ? {} : { llm: typeof llm === 'string' ? inference.LLM.fromModelString(llm) : llm }),
    ...(tts === undefined ? {} : { tts: typeof tts === 'string' ? inference.TTS.fromModelString(tts) : tts }),
    ...(vad === undefined ? {} : { vad }),
    ...(turnDetection === undefined ? {} : { turnDetection }),
  });
}
