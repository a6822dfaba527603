import { inference } from '@livekit/agents';
import { briefingModelsFrom, type BriefingModels } from '@org/briefing-agent';
import { inferenceModel } from '../options/inference-model.js';
import { collectProblems, throwIfInvalid } from '../options/checks/validate.js';
import type { WarmTransferOptions } from '../options/transfer-options.js';

/**
 * Returns the models of the briefing. Absent ones are those of the caller's session; `null` means none. A string names
 * a model of LiveKit's inference.
 *
 * @throws WarmTransferError `invalid-option` if neither has a model.
 */
export function resolveBriefingModels({
  session,
  stt,
  llm,
  tts,
  vad,
  turnDetection,
}: WarmTransferOptions): BriefingModels {
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
  throwIfInvalid(collectProblems(() => void briefingModelsFrom(session, given), modelName));
  return briefingModelsFrom(session, given);
}

/** Returns the user's name of a model of the briefing. */
function modelName(option: string): string {
  return option.replace(/^models\./, '');
}
