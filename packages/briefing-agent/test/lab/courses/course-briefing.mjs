import { inference, llm } from '@livekit/agents';
import { englishBriefing } from '@org/briefing-agent';
import { ScriptedLLM, ScriptedSTT, ScriptedTTS } from '@org/briefing-agent/testing';

/** The pace of people. */
export const MS_PER_CHARACTER = 60;

const QUESTION =
  'May I connect you to the caller, who is on hold and waits for you, with a question about an invoice of last month?';

/** A model that always connects, and asks again when it is refused. */
const connects = () =>
  new ScriptedLLM({
    reply: ({ toolResult }) => (toolResult === undefined ? { call: { name: 'connect_to_caller' } } : { say: QUESTION }),
    headline: 'Jane Doe is on the line about an invoice of March.',
  });

/** The options of a briefing, for this process and for a worker; see the declarations beside this file. */
export function courseBriefing({ texts, humanVoice, agentVoice, dtmf, speakAfterMs }, turnDetection) {
  const chatCtx = llm.ChatContext.empty();
  chatCtx.addMessage({ role: 'user', content: 'I am Jane Doe, and my invoice of March is wrong.' });
  // As long as the bundled VAD waits for an end: a gap on a busy computer ends an utterance for both or for none.
  const speech = { texts, mark: humanVoice, endSilenceMs: 550 };
  const stt = new ScriptedSTT({ speech, finalDelayMs: 600, interimResults: true });
  const tts = new ScriptedTTS({ frequency: agentVoice, msPerCharacter: MS_PER_CHARACTER, delayMs: 300 });
  const options = {
    chatCtx,
    greeting: englishBriefing.sentences.greeting,
    names: { company: 'Acme' },
    voicemail: { onDetected: dtmf === undefined ? 'decide' : { dtmf } },
    models: { llm: connects(), stt, tts, vad: new inference.VAD(), turnDetection },
    limits: speakAfterMs === undefined ? {} : { speakAfterMs },
  };
  return { options, stt };
}
