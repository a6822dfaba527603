import type { voice } from '@livekit/agents';
import type { AudioFrame } from '@livekit/rtc-node';
import type { ReadableStream } from 'node:stream/web';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { feedSilence } from '../../src/session/feed-silence.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('feedSilence() feeds a session on hold as much silence as time passes, always the same frame, until it is stopped', async () => {
  const removed: string[] = [];
  let silence: ReadableStream<AudioFrame> | undefined;
  const multiStream = {
    isClosed: false,
    addInputStream(stream: ReadableStream<AudioFrame>): string {
      silence = stream;
      return 'silence';
    },
    removeInputStream: async (id: string): Promise<void> => void removed.push(id),
  };
  const audioInput = { multiStream, sampleRate: 24_000, numChannels: 1 };
  const stop = feedSilence({ _roomIO: { audioInput } } as unknown as voice.AgentSession);
  const frames: AudioFrame[] = [];
  const reading = (async () => {
    for await (const frame of silence ?? []) frames.push(frame);
  })();
  await vi.advanceTimersByTimeAsync(60_000);
  const heardMs = frames.reduce((sum, frame) => sum + (frame.samplesPerChannel / frame.sampleRate) * 1000, 0);
  expect(heardMs).toBe(60_000);
  // The framework keeps what a session has heard.
  expect(new Set(frames).size).toBe(1);
  expect(frames.length).toBeLessThanOrEqual(120);
  stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(frames.length).toBeLessThanOrEqual(120);
  expect(removed).toEqual(['silence']);
  expect(vi.getTimerCount()).toBe(0);
  void reading;
});
