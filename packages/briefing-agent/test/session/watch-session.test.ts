import { EventEmitter } from 'node:events';
import { llm, type voice } from '@livekit/agents';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type SessionListener, watchSession } from '../../src/session/watch-session.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const TOLD = 'Hello, this is Acme. Jane Doe is on the line. May I connect you?';
/** The pace of the voice, in milliseconds per character. */
const PACE_MS = 40;

/** A session whose events the test emits, and the utterances of the agent that its watch reports. */
function watched(): {
  session: EventEmitter;
  said: string[];
  voiced: (characters: number, cancelled?: boolean) => void;
} {
  const session = new EventEmitter();
  const said: string[] = [];
  const listener: Partial<SessionListener> = { onAgentSpeaking: () => {}, onAgentSaid: (text) => void said.push(text) };
  watchSession(session as unknown as voice.AgentSession, listener as SessionListener);
  const voiced = (charactersCount: number, cancelled = false): void => {
    const metrics = { type: 'tts_metrics', charactersCount, audioDurationMs: charactersCount * PACE_MS, cancelled };
    session.emit('metrics_collected', { metrics });
  };
  return { session, said, voiced };
}

function speak(session: EventEmitter, ms: number): void {
  session.emit('agent_state_changed', { oldState: 'listening', newState: 'speaking' });
  vi.advanceTimersByTime(ms);
  session.emit('agent_state_changed', { oldState: 'speaking', newState: 'listening' });
}

function over(session: EventEmitter, interrupted: boolean): llm.ChatMessage {
  const item = llm.ChatMessage.create({ role: 'assistant', content: TOLD, interrupted });
  session.emit('conversation_item_added', { item });
  return item;
}

it('the watch reports an interrupted utterance as far as it was heard, also to the model', () => {
  const { session, said, voiced } = watched();
  voiced(TOLD.length);
  speak(session, 10 * PACE_MS);
  vi.advanceTimersByTime(5_000);
  speak(session, 8 * PACE_MS);
  const item = over(session, true);
  expect(said).toEqual(['Hello, this is Acme.']);
  expect(item.textContent).toBe('Hello, this is Acme.…');
});

it('the watch measures each utterance by itself, and reports one that was not interrupted whole', () => {
  const { session, said, voiced } = watched();
  voiced(TOLD.length);
  speak(session, 300);
  over(session, false);
  speak(session, 6 * PACE_MS);
  over(session, true);
  over(session, true);
  expect(said).toEqual([TOLD, 'Hello,', '']);
});

it('the watch reports an utterance whole that was interrupted in its last word', () => {
  const { session, said, voiced } = watched();
  voiced(TOLD.length);
  speak(session, (TOLD.length - 2) * PACE_MS);
  over(session, true);
  expect(said).toEqual([TOLD]);
});

it('the watch assumes the pace of people for a voice that reports none, or that broke off', () => {
  const { session, said, voiced } = watched();
  voiced(TOLD.length, true);
  speak(session, 600);
  over(session, true);
  expect(said).toEqual(['Hello, this']);
});
