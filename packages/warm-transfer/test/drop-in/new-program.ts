import { ScriptedLLM, ScriptedSTT, ScriptedTTS } from '@org/briefing-agent/testing';
import { deferred } from '@org/support';
import { voices } from '../support/call-center.js';
import type { Program } from './program.js';

/** Whom the program calls. */
export const supervisor = '+15550142';
/** Tones that the phones can say, Hz. */
export const words = { yes: 2500, no: 2700, person: 2900 } as const;

/**
 * The models of a program that is played by phones, and its result. The briefing has those of the session; a voice
 * of its own, since it is measured which of the two was heard by whom.
 */
export function newProgram(): {
  readonly program: Program;
  /** The requests of the caller's session to its model. */
  readonly callerTurns: () => ScriptedLLM['turns'];
  readonly told: Promise<unknown>;
} {
  const told = deferred<unknown>();
  const model = new ScriptedLLM({
    reply: ({ userText, toolNames, toolResult }) => {
      if (toolResult !== undefined) return undefined;
      if (isOfCaller(toolNames)) return userText === 'person' ? { call: { name: 'transfer_to_human' } } : undefined;
      if (userText === 'yes') return { call: { name: 'connect_to_caller' } };
      return userText === 'no' ? { call: { name: 'decline_transfer', args: { reason: 'I am busy.' } } } : undefined;
    },
  });
  const program: Program = {
    session: {
      stt: new ScriptedSTT({ words }),
      llm: model,
      tts: new ScriptedTTS({ frequency: voices.agent }),
      vad: null,
      turnHandling: { turnDetection: 'stt', interruption: { mode: 'vad' } },
    },
    briefing: { tts: new ScriptedTTS({ frequency: voices.briefing }) },
    supervisor,
    told: told.resolve,
  };
  const callerTurns = (): ScriptedLLM['turns'] => model.turns.filter(({ toolNames }) => isOfCaller(toolNames));
  return { program, callerTurns, told: told.promise };
}

const isOfCaller = (toolNames: readonly string[]): boolean => toolNames.includes('transfer_to_human');
