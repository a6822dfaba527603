import { llm } from '@livekit/agents';
import type { PhoneCall } from '@org/phone-lab';
import { englishBriefing, type WaitKind } from '../../src/index.ts';
import { ScriptedLLM, ScriptedSTT } from '../../src/testing.ts';
import type { Consult, ConsultOptions } from './fixture.ts';
import { AGENT_VOICE, HUMAN_VOICE } from './lab.ts';
import { until, untilSaid } from './until.ts';

const HEADLINE = 'Jane Doe is on the line about an invoice of March.';
export const TOLD = `Hello, this is the assistant of Acme. ${HEADLINE} May I connect you?`;
// Without commas: a recognizer takes a pause for the end of an utterance.
export const ANN = 'Ann speaking.';
export const YES = 'Put her through.';
// Longer than 3 s: shorter ones hear the beginning of the introduction, until their words are known.
export const MENU = 'For the support of our customers please press 2 now.';
export const QUEUE = 'All of our agents are busy so please hold the line.';
export const SCREENING = 'Please say your name and the reason for calling and wait.';

export type Waits = (WaitKind | null)[];

/** A recognizer that is as late as a real one, and a model that always connects. */
export function hearing(texts: readonly string[], waits: Waits, more: Partial<ConsultOptions> = {}): ConsultOptions {
  const chatCtx = llm.ChatContext.empty();
  chatCtx.addMessage({ role: 'user', content: 'I am Jane Doe, and my invoice of March is wrong.' });
  // A sentence of 3 s has gaps on a busy computer.
  const speech = { texts, mark: HUMAN_VOICE, endSilenceMs: 550 };
  const stt = new ScriptedSTT({ speech, finalDelayMs: 600, interimResults: true });
  const connects = new ScriptedLLM({ reply: () => ({ call: { name: 'connect_to_caller' } }), headline: HEADLINE });
  return {
    chatCtx,
    greeting: englishBriefing.sentences.greeting,
    names: { company: 'Acme' },
    onWaiting: (by) => void waits.push(by),
    ...more,
    models: { stt, llm: connects, ...more.models },
    // The silence alone would take longer than the test.
    limits: { speakAfterMs: 60_000, ...more.limits },
  };
}

export const agentLines = ({ briefing }: Consult): readonly string[] =>
  briefing.transcript.filter(({ speaker }) => speaker === 'agent').map(({ text }) => text);

/** A person who takes the call, hears who is calling, and says yes. */
export async function takeCall(call: PhoneCall, from: number): Promise<void> {
  await call.speak(ANN);
  await until(() => call.ear.firstHeardAt(AGENT_VOICE, { from }) !== undefined);
  await untilSaid(call, AGENT_VOICE);
  await call.speak(YES);
}
