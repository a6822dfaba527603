import { ScriptedLLM, ScriptedSTT, ScriptedTTS } from '@org/briefing-agent/testing';
import { voices, words } from './voices.js';

/** Models of one session. Put those of your provider in their place. */
export interface Speech {
  readonly stt: ScriptedSTT;
  readonly llm: ScriptedLLM;
  readonly tts: ScriptedTTS;
}

const transcripts = Object.fromEntries(
  Object.values(words).map(({ transcript, frequency }) => [transcript, frequency]),
);

/** The receptionist: fetches a person when asked to, and says so when that did not work. */
export function receptionistSpeech(): Speech {
  return {
    stt: new ScriptedSTT({ words: transcripts }),
    tts: new ScriptedTTS({ frequency: voices.receptionist }),
    llm: new ScriptedLLM({
      reply: ({ userText, toolResult }) => {
        if (toolResult?.isError) return { say: `I am sorry. ${toolResult.output} Can I help instead?` };
        if (toolResult !== undefined) return undefined;
        return userText === words.person.transcript
          ? { say: 'One moment, I will fetch somebody.', call: { name: 'transfer_to_human' } }
          : { say: 'I can help, or fetch a person.' };
      },
    }),
  };
}

/** The briefing agent's model: answers the human agent's yes or no with a tool. */
export function briefingSpeech(): Speech {
  return {
    stt: new ScriptedSTT({ words: transcripts }),
    tts: new ScriptedTTS({ frequency: voices.briefing }),
    llm: new ScriptedLLM({
      reply: ({ userText, toolResult }) => {
        if (toolResult !== undefined) return undefined;
        if (userText === words.yes.transcript) return { call: { name: 'connect_to_caller' } };
        if (userText === words.no.transcript) {
          return { call: { name: 'decline_transfer', args: { reason: 'They are in a meeting.' } } };
        }
        return { say: 'Will you take the call?' };
      },
    }),
  };
}
