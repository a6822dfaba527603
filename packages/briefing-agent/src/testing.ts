export { briefingContract, type BriefingContractCase, type BriefingWorld } from './testing/briefing-contract.js';
export { ScriptedBriefing, type ScriptedBriefingOptions } from './testing/scripted-briefing.js';
export { ScriptedLLM, type ScriptedLLMOptions, type ScriptedReply } from './testing/scripted-llm.js';
export { ScriptedRealtimeModel, type ScriptedRealtimeOptions } from './testing/scripted-realtime-model.js';
export { ScriptedSTT, type ScriptedSTTOptions } from './testing/scripted-stt.js';
export { ScriptedTTS, type ScriptedTTSOptions } from './testing/scripted-tts.js';
export type { ScriptedTurn } from './testing/scripted-turn.js';
export { toneFrames, type Tone } from './testing/tone-frames.js';
export type { ToneWords } from './testing/tone-word-ear.js';
