import { ScriptedRealtimeModel, type ScriptedRealtimeOptions } from '../../src/testing.ts';
import { type ConsultOptions, plainModel } from './fixture.ts';
import { AGENT_VOICE, GREETING, MS_PER_CHARACTER, words } from './lab.ts';

/** A realtime model and the options of its briefing: it greets by itself, and has no other voice. */
export function realtime(
  more: Partial<ScriptedRealtimeOptions> = {},
): { model: ScriptedRealtimeModel } & ConsultOptions {
  const model = new ScriptedRealtimeModel({
    words,
    frequency: AGENT_VOICE,
    msPerCharacter: MS_PER_CHARACTER,
    reply: (turn) => (turn.userText === '' ? { say: GREETING } : plainModel(turn)),
    ...more,
  });
  return { model, models: { llm: model, stt: null, tts: null, vad: null } };
}
