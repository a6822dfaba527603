import type { voice } from '@livekit/agents';
import { BriefingError } from '../briefing-error.js';
import type { BriefingModels } from './briefing-models.js';

/**
 * The models of a session that talks to the caller, for a briefing beside it. What is given takes their place, and
 * `null` is none.
 *
 * @throws BriefingError `invalid-option` when neither has a model of language.
 */
export function modelsFrom(session: voice.AgentSession, given: Partial<BriefingModels> = {}): BriefingModels {
  const llm = given.llm === undefined ? session.llm : given.llm;
  if (llm === undefined) {
    throw new BriefingError('invalid-option', 'models.llm is missing: the session has none, so give one, or null');
  }
  const stt = given.stt === undefined ? session.stt : given.stt;
  const tts = given.tts === undefined ? session.tts : given.tts;
  const vad = given.vad === undefined ? session.vad : given.vad;
  // How the ends of turns are found goes with the models that find them.
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
