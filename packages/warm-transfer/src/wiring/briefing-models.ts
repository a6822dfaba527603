import { inference } from '@livekit/agents';
import { modelsFrom, type BriefingModels } from '@org/briefing-agent';
import { inferenceModel } from '../options/inference-model.js';
import { problemsOf, refuse } from '../options/checks/validate.js';
import type { WarmTransferOptions } from '../options/transfer-options.js';

/**
 * What is not given comes from the caller's session; `null` means none. A text names a model of LiveKit's inference.
 *
 * @throws WarmTransferError `invalid-option` when neither has a model.
 */
export function modelsOf({ session, stt, llm, tts, vad, turnDetection }: WarmTransferOptions): BriefingModels {
  const given = {
    ...(stt === undefined
      ? {}
      : { stt: typeof stt === 'string' ? inferenceModel('stt', () => inference.STT.fromModelString(stt)) : stt }),
    ...(llm === undefined
      ? {}
      : { llm: typeof llm === 'string' ? inferenceModel('llm', () => inference.LLM.fromModelString(llm)) : llm }),
    ...(tts === undefined
      ? {}
      : { tts: typeof tts === 'string' ? inferenceModel('tts', () => inference.TTS.fromModelString(tts)) : tts }),
    ...(vad === undefined ? {} : { vad }),
    ...(turnDetection === undefined ? {} : { turnDetection }),
  };
  refuse(problemsOf(() => void briefingModelsFrom(session, given), modelName));
  return briefingModelsFrom(session, given);
}

/** The user's name of a model of the briefing. */
function modelName(option: string): string {
  return option.replace(/^models\./, '');
}
