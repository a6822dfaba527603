import { initializeLogger } from '@livekit/agents';
import { Room } from '@livekit/rtc-node';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { english } from '../../src/index.ts';
import { Opener, type OpenerHost } from '../../src/opening/opener.ts';
import { checkOptions } from '../../src/options/parse-briefing-options.ts';
import type { ConsultSession } from '../../src/session/consult-session.ts';
import { briefedAgent } from '../../src/session/create-briefing-agent.ts';
import { ScriptedLLM, ScriptedSTT, ScriptedTTS } from '../../src/testing.ts';

beforeEach(() => {
  initializeLogger({ pretty: false, level: 'silent' });
  vi.useFakeTimers();
});
afterEach(() => void vi.useRealTimers());

it('an agent that cannot be told what it answered has broken down', async () => {
  const models = {
    llm: new ScriptedLLM({ reply: () => undefined }),
    stt: new ScriptedSTT({ words: {} }),
    tts: new ScriptedTTS({ frequency: 700 }),
  };
  const { greeting } = english.sentences;
  const options = checkOptions({ room: new Room(), humanIdentity: 'human', models, greeting });
  const agent = briefedAgent(options, { accept: () => Promise.resolve(undefined), call: () => undefined });
  const failure = new Error('the session is closed');
  agent.know = () => Promise.reject(failure);
  const say = vi.fn(() => ({}));
  const line = { session: { say, updateOptions: () => {} } } as unknown as ConsultSession;
  const broken = vi.fn();
  const host: Partial<OpenerHost> = { line: () => line, owe: () => {}, broken };
  const opener = new Opener(options, agent, host as OpenerHost);
  opener.begin(line);
  opener.post({ type: 'line-speaking', now: true });
  opener.post({ type: 'line-sound', now: false, forMs: 500 });
  opener.post({ type: 'line-speaking', now: false });
  opener.post({ type: 'line-words', text: 'Hello?' });
  expect(say).toHaveBeenCalledOnce();
  await vi.advanceTimersByTimeAsync(1_250);
  expect(broken).toHaveBeenCalledWith(failure);
});
