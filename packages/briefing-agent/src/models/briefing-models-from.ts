import type { voice } from '@livekit/agents';
import { BriefingError } from '../briefing-error.js';
import type { BriefingModels } from './briefing-models.js';

/**
 * Returns the models of the caller session, for a briefing beside it. Given models replace them; `null` means none.
 *
 * @throws BriefingError `invalid-option` when neither has a language model.
 */
export function briefingModelsFrom(session: voice.AgentSession, given: Partial<BriefingModels> = {}): BriefingModels {
  const llm = given.llm === undefined ? session.llm : given.llm;
  if (llm === undefined) {
    throw new BriefingError('invalid-option', 'models.llm is missing: the session has none, so give one, or null');
  }
  const stt = given.stt === undefined ? session.stt : given.stt;
  const tts = given.tts === undefined ? session.tts : given.tts;
  const vad = given.vad === undefined ? session.vad : given.vad;
  // The turn detection belongs to the models that it uses.
  const isTheirs = given.llm === undefined && given.stt === undefined && given.vad === undefined;
  const turnDetection = given.turnDetection ?? (isTheirs ? session.turnDetection : undefined);
  return {
    llm,
    ...(stt === undefined ? {} : { stt }),
    ...(tts === undefined ? {} : { tts }),
    ...(vad === undefined ? {} : { vad }),
    ...(turnDetection === undefined ? {} : { turnDetection }),
    ...(given.fallbackTts === undefined ? {} : { fallbackTts: given.fallbackTts }),
  };
}
