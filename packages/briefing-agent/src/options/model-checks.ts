import {
  either,
  hasMethod,
  nullable,
  object,
  type OptionCheck,
  required,
  shape,
  type ShapeFields,
  turnDetection,
} from '@org/support';
import type { BriefingModels } from '../models/briefing-models.js';

/** A language model that writes. */
export const chatModel: OptionCheck = object('an llm.LLM of @livekit/agents', 'chat');

const languageModel = either(
  'an llm.LLM, an llm.RealtimeModel, or null for a static message',
  [(value) => hasMethod(value, 'session'), object('an llm.RealtimeModel', 'session')],
  [(value) => hasMethod(value, 'chat'), chatModel],
);

const voice = nullable(object('a tts.TTS of @livekit/agents', 'synthesize', 'stream'));

const fields: ShapeFields<BriefingModels> = {
  llm: required(nullable(languageModel)),
  stt: nullable(object('an stt.STT of @livekit/agents', 'stream')),
  tts: voice,
  fallbackTts: voice,
  vad: nullable(object('a VAD of @livekit/agents', 'stream')),
  turnDetection: nullable(turnDetection),
};

export const models: OptionCheck = required(shape(fields));
