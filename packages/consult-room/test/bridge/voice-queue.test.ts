import { AudioFrame } from '@livekit/rtc-node';
import { describe, expect, it } from 'vitest';
import { VoiceQueue, type VoiceSink, voiceSinkMs } from '../../src/bridge/voice-queue.ts';

/** Returns the number of a frame, which is also its first sample; silence has none. */
function frameOf(number: number): AudioFrame {
  const frame = AudioFrame.create(48_000, 1, 480);
  frame.data.fill(number);
  return frame;
}

/** Plays the given frames every 10 ms of the test's time, like the queue of an audio source. */
class Player implements VoiceSink {
  nowMs = 0;
  refuses = false;
  /** How long a frame is on its way into the queue, unseen by the process that sends it. */
  transitMs = 0;
  /** The time at which each frame was played. */
  readonly playedAt = new Map<number, number>();
  #queue: number[] = [];
  #estimatedEndMs = 0;
  #arriving: { frame: number; at: number } | undefined;
  #taken: (() => void) | undefined;

  get queuedDuration(): number {
    return Math.max(0, this.#estimatedEndMs - this.nowMs);
  }

  captureFrame(frame: AudioFrame): Promise<void> {
    if (this.refuses) return Promise.reject(new Error('InvalidState'));
    this.#estimatedEndMs = Math.max(this.#estimatedEndMs, this.nowMs) + 10;
    this.#arriving = { frame: frame.data[0] ?? 0, at: this.nowMs + this.transitMs };
    const taken = new Promise<void>((resolve) => {
      this.#taken = resolve;
    });
    this.#settle();
    return taken;
  }

  clearQueue(): void {
    if (this.refuses) throw new Error('handle not found');
    this.#queue = [];
    this.#estimatedEndMs = 0;
  }

  /** Plays ten milliseconds. */
  async play(): Promise<void> {
    this.nowMs += 10;
    const frame = this.#queue.shift() ?? 0;
    if (frame > 0) this.playedAt.set(frame, this.nowMs);
    this.#settle();
    await settleAll();
  }

  #settle(): void {
    if (this.#arriving && this.#arriving.at <= this.nowMs) {
      this.#queue.push(this.#arriving.frame);
      this.#arriving = undefined;
    }
    if (this.#arriving || this.#queue.length * 10 > voiceSinkMs) return;
    this.#taken?.();
    this.#taken = undefined;
  }
}

/** Lets everything happen that takes no time. */
function settleAll(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

class Conversation {
  readonly player = new Player();
  readonly sent: number[] = [];
  readonly failures: unknown[] = [];
  droppedFrames = 0;
  readonly queue = new VoiceQueue(this.player, {
    onSending: () => undefined,
    onSent: ({ data }) => this.sent.push(data[0] ?? 0),
    onDropped: () => (this.droppedFrames += 1),
    onFailed: (error) => this.failures.push(error),
  });
  readonly #spokenAt: number[] = [0];

  get spoken(): number {
    return this.#spokenAt.length - 1;
  }

  /**
   * Speaks for `ms` milliseconds; a frame arrives `stepsLate` steps of 10 ms after it was spoken, or with all others at
   * the end.
   */
  async speak(ms: number, stepsLate: (frame: number) => number = () => 0): Promise<void> {
    const due = new Map<number, number[]>();
    const steps = ms / 10;
    let last = 0;
    for (let step = 0; step < steps; step += 1) {
      this.#spokenAt.push(this.player.nowMs + step * 10);
      const frame = this.spoken;
      // No frame overtakes another.
      last = Math.max(last, Math.min(step + stepsLate(frame), steps - 1));
      due.set(last, [...(due.get(last) ?? []), frame]);
    }
    for (let step = 0; step < steps; step += 1) {
      for (const frame of due.get(step) ?? []) this.queue.push(frameOf(frame));
      await settleAll();
      await this.player.play();
    }
  }

  /** Returns the delays of the last frames, as far as they were played. */
  delaysOfLast(ms: number): number[] {
    return [...this.player.playedAt]
      .filter(([frame]) => frame > this.spoken - ms / 10)
      .map(([frame, playedAt]) => playedAt - (this.#spokenAt[frame] ?? Number.NaN));
  }
}

const countTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

describe('a voice queue', () => {
  it('reports a sink that cannot be cleared, and continues', () => {
    const { queue, player, failures } = new Conversation();
    player.refuses = true;
    queue.clear();
    expect(failures).toMatchObject([{ message: 'handle not found' }]);
  });

  it('passes every frame on, in order, after 10 ms of silence', async () => {
    const conversation = new Conversation();
    await conversation.speak(1_000);
    expect(conversation.sent).toEqual(countTo(100));
    expect(new Set(conversation.delaysOfLast(1_000))).toEqual(new Set([20]));
    expect(conversation.droppedFrames).toBe(0);
  });

  it('drops no frame that arrives up to 20 ms late', async () => {
    const conversation = new Conversation();
    await conversation.speak(5_000, (frame) => (frame * 7) % 3);
    expect(conversation.sent).toEqual(countTo(500));
    expect(Math.max(...conversation.delaysOfLast(5_000))).toBeLessThanOrEqual(60);
  });

  it('drops nothing while a busy process reads every 150 ms, and so keeps up', async () => {
    const conversation = new Conversation();
    await conversation.speak(6_000, (frame) => 15 - (frame % 15));
    expect(conversation.droppedFrames).toBe(0);
    expect(Math.max(...conversation.delaysOfLast(5_000))).toBeLessThanOrEqual(200);
  });

  it.each([60, 100, 300, 2_000, 20_000])(
    'returns to its short delay within a second after the event loop was blocked for %i ms',
    async (ms) => {
      const conversation = new Conversation();
      await conversation.speak(1_000);
      await conversation.speak(ms, () => Number.POSITIVE_INFINITY);
      await conversation.speak(1_000);
      await conversation.speak(500);
      const delays = conversation.delaysOfLast(400);
      expect(delays.length).toBeGreaterThanOrEqual(35);
      expect(Math.max(...delays)).toBeLessThanOrEqual(50);
      const { droppedFrames } = conversation;
      expect(droppedFrames).toBeGreaterThanOrEqual((ms - 100) / 10);
      expect(droppedFrames).toBeLessThanOrEqual(ms / 10);
      expect(conversation.sent.length + droppedFrames).toBeGreaterThanOrEqual(conversation.spoken - 4);
    },
  );

  it('holds more sound while frames arrive late, and as little as before once they have arrived in time for a while', async () => {
    const conversation = new Conversation();
    await conversation.speak(3_000, (frame) => (frame % 50 === 0 ? 4 : 0));
    expect(Math.min(...conversation.delaysOfLast(400))).toBeGreaterThanOrEqual(40);
    await conversation.speak(30_000);
    expect(Math.max(...conversation.delaysOfLast(400))).toBeLessThanOrEqual(20);
    expect(conversation.droppedFrames).toBeLessThanOrEqual(6);
  });

  it('does not accumulate the time that frames spend on their way into the sink', async () => {
    const conversation = new Conversation();
    for (let round = 0; round < 50; round += 1) {
      conversation.player.transitMs = 50;
      await conversation.speak(20);
      conversation.player.transitMs = 0;
      await conversation.speak(200);
    }
    await conversation.speak(1_000);
    expect(Math.max(...conversation.delaysOfLast(400))).toBeLessThanOrEqual(50);
  });

  it('plays no waiting frame after it was cleared', async () => {
    const conversation = new Conversation();
    await conversation.speak(80, () => Number.POSITIVE_INFINITY);
    conversation.queue.clear();
    const { playedAt } = conversation.player;
    const before = playedAt.size;
    await conversation.player.play();
    await conversation.player.play();
    expect(playedAt.size).toBeLessThanOrEqual(before + 1);
    await conversation.speak(100);
    expect(playedAt.size).toBeGreaterThan(before);
  });

  it('continues after frames that the sink rejects', async () => {
    const conversation = new Conversation();
    conversation.player.refuses = true;
    await conversation.speak(50);
    conversation.player.refuses = false;
    await conversation.speak(100);
    expect(conversation.failures.length).toBeGreaterThanOrEqual(5);
    expect(conversation.sent.slice(0, 3)).toEqual([6, 7, 8]);
  });
});
