import { ScriptedLLM, ScriptedSTT, ScriptedTTS } from '@org/briefing-agent/testing';
import { deferred } from '../../src/deferred.js';
import { voices } from '../call-center.js';
import type { Program } from './program.js';

/** Whom the program calls. */
export const supervisor = '+15550142';
/** What the phones can say, Hz. */
export const words = { yes: 2500, no: 2700, person: 2900 } as const;

/** The models of a program that is played by phones, and what it was told. */
export function newProgram(): {
  readonly program: Program;
  readonly callerModel: ScriptedLLM;
  readonly told: Promise<unknown>;
} {
  const told = deferred<unknown>();
  const callerModel = new ScriptedLLM({
    reply: ({ userText, toolResult }) =>
      toolResult === undefined && userText === 'person' ? { call: { name: 'transfer_to_human' } } : undefined,
  });
  const program: Program = {
    session: {
      stt: new ScriptedSTT({ words }),
      llm: callerModel,
      tts: new ScriptedTTS({ frequency: voices.agent }),
      vad: null,
      turnHandling: { turnDetection: 'stt', interruption: { mode: 'vad' } },
    },
    briefing: {
      llm: new ScriptedLLM({
        reply: ({ userText, toolResult }) => {
          if (toolResult !== undefined) return undefined;
          if (userText === 'yes') return { call: { name: 'connect_to_caller' } };
          return userText === 'no' ? { call: { name: 'decline_transfer', args: { reason: 'I am busy.' } } } : undefined;
        },
      }),
      tts: new ScriptedTTS({ frequency: voices.briefing }),
    },
    supervisor,
    told: told.resolve,
  };
  return { program, callerModel, told: told.promise };
}
