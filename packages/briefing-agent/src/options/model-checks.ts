import { either, nullable, object, type OptionCheck, oneOf, required, shape, type ShapeFields } from '@org/support';
import type { BriefingModels } from '../briefing-models.js';

/** A model of language that writes. */
export const chatModel: OptionCheck = object('an llm.LLM of @livekit/agents', 'chat');

const languageModel = either(
  'an llm.LLM, an llm.RealtimeModel, or null for a static message',
  [(value) => hasMethod(value, 'session'), object('an llm.RealtimeModel', 'session')],
  [(value) => hasMethod(value, 'chat'), chatModel],
);

function hasMethod(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, name) === 'function';
}

const voice = nullable(object('a tts.TTS of @livekit/agents', 'synthesize', 'stream'));

const turnDetection = either(
  "'stt', 'vad', 'realtime_llm', 'manual' or a detector of turns",
  [(value) => typeof value === 'string', oneOf('stt', 'vad', 'realtime_llm', 'manual')],
  // By sound, in streams; or by words.
  [(value) => hasMethod(value, 'stream'), object('a detector of turns', 'stream')],
  [(value) => value !== null, object('a detector of turns', 'predictEndOfTurn')],
);

const fields: ShapeFields<BriefingModels> = {
  llm: required(nullable(languageModel)),
  stt: nullable(object('an stt.STT of @livekit/agents', 'stream')),
  tts: voice,
  fallbackTts: voice,
  vad: nullable(object('a VAD of @livekit/agents', 'stream')),
  turnDetection: nullable(turnDetection),
};

export const models: OptionCheck = required(shape(fields));
