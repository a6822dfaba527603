import { initializeLogger } from '@livekit/agents';
import { Room } from '@livekit/rtc-node';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { englishBriefing } from '../../src/index.ts';
import { Opener, type OpenerHost } from '../../src/opening/opener.ts';
import { parseBriefingOptions } from '../../src/options/parse-briefing-options.ts';
import type { ConsultSession } from '../../src/session/consult-session.ts';
import { createBriefingAgent } from '../../src/session/create-briefing-agent.ts';
import { ScriptedLLM, ScriptedSTT, ScriptedTTS } from '../../src/testing.ts';

beforeEach(() => {
  initializeLogger({ pretty: false, level: 'silent' });
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

it('the opener reports a failure when the utterance that it answered cannot be added to the context', async () => {
  const models = {
    llm: new ScriptedLLM({ reply: () => undefined }),
    stt: new ScriptedSTT({ words: {} }),
    tts: new ScriptedTTS({ frequency: 700 }),
  };
  const { greeting } = englishBriefing.sentences;
  const options = parseBriefingOptions({ room: new Room(), humanIdentity: 'human', models, greeting });
  const agent = createBriefingAgent(options, { accept: () => Promise.resolve(undefined), call: () => undefined });
  const failure = new Error('the session is closed');
  agent.addToContext = () => Promise.reject(failure);
  const say = vi.fn(() => ({}));
  const consult = { session: { say, updateOptions: () => {} } } as unknown as ConsultSession;
  const onBroken = vi.fn();
  const host: Partial<OpenerHost> = { session: () => consult, expectReply: () => {}, onBroken };
  const opener = new Opener(options, agent, host as OpenerHost);
  opener.begin(consult);
  opener.dispatch({ type: 'line-speaking', now: true });
  opener.dispatch({ type: 'line-sound', now: false, forMs: 500 });
  opener.dispatch({ type: 'line-speaking', now: false });
  opener.dispatch({ type: 'line-words', text: 'Hello?' });
  expect(say).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(1_250);
  expect(onBroken).toHaveBeenCalledWith(failure);
});
