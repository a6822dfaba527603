import { initializeLogger, voice } from '@livekit/agents';
import { Room } from '@livekit/rtc-node';
import { ScriptedLLM, ScriptedSTT, ScriptedTTS } from '@org/briefing-agent/testing';
import type { WarmTransferOptions } from '../../src/index.js';

class CallerRoom extends Room {
  override get name(): string {
    return 'caller-room';
  }
}

/** Options of a transfer that can be created, and that reaches no server: there is none at its address. */
export function optionsWithoutServer(): Omit<WarmTransferOptions, 'sipConnection'> {
  initializeLogger({ pretty: false, level: 'silent' });
  return {
    session: new voice.AgentSession({
      stt: new ScriptedSTT({ words: { yes: 2500 } }),
      tts: new ScriptedTTS({ frequency: 1900 }),
      vad: null,
    }),
    room: new CallerRoom(),
    callerIdentity: 'caller',
    url: 'ws://127.0.0.1:9',
    apiKey: 'key',
    apiSecret: 'secret'.repeat(8),
    sipCallTo: '+15550142',
    sipTrunkId: 'ST_given',
    llm: new ScriptedLLM({ reply: () => undefined }),
  };
}
