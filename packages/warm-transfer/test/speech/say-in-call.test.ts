import { initializeLogger, type voice } from '@livekit/agents';
import { AudioFrame } from '@livekit/rtc-node';
import { ConsultRoomError } from '@org/consult-room';
import { describe, expect, it, vi } from 'vitest';
import { sayInCall } from '../../src/speech/say-in-call.js';

initializeLogger({ pretty: false, level: 'silent' });

const frame = new AudioFrame(new Int16Array(480), 48_000, 1, 480);

/** As the framework has it: with getters, and switched off on hold. */
class Output {
  get audio(): voice.AudioOutput | null {
    return null;
  }

  get audioEnabled(): boolean {
    return false;
  }
}

/** A session that keeps the output of each sentence, as the framework's does. */
class SessionOfOutputs {
  readonly output = new Output();
  readonly spoken: (voice.AudioOutput | null)[] = [];

  say(_text: string): void {
    this.spoken.push(this.output.audioEnabled ? this.output.audio : null);
  }
}

type Play = (frames: AsyncIterable<AudioFrame>, options?: { signal?: AbortSignal }) => Promise<void>;

function begin(play: Play) {
  const session = new SessionOfOutputs();
  const warnings: unknown[] = [];
  const end = sayInCall(session as never, { play }, (cause) => warnings.push(cause));
  return { session, warnings, end };
}

const playAll: Play = async (frames) => {
  for await (const _frame of frames);
};

describe('a sentence of a session in a call', () => {
  it('is played to both, and nothing else of the session is', async () => {
    const play = vi.fn(playAll);
    const { session, warnings, end } = begin(play);
    session.say('Hello.');
    const [output] = session.spoken;
    const before = session.output;
    expect({ audio: before.audio, audioEnabled: before.audioEnabled }).toEqual({ audio: null, audioEnabled: false });
    await output?.captureFrame(frame);
    await output?.captureFrame(frame);
    output?.flush();
    expect(await output?.waitForPlayout()).toMatchObject({ playbackPosition: 0.02, interrupted: false });
    expect(play).toHaveBeenCalledOnce();
    end();
    session.say('Nobody hears this.');
    expect(session.spoken[1]).toBeNull();
    expect(Object.keys(session)).not.toContain('say');
    expect(warnings).toEqual([]);
  });

  it('ends when it is interrupted, and what is said then is another one', async () => {
    const play = vi.fn<Play>(
      (_frames, { signal } = {}) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(new ConsultRoomError('aborted', 'over')));
        }),
    );
    const { session, warnings } = begin(play);
    session.say('Hello, this takes long.');
    const [output] = session.spoken;
    await output?.captureFrame(frame);
    output?.clearBuffer();
    expect(await output?.waitForPlayout()).toMatchObject({ interrupted: true });
    await output?.captureFrame(frame);
    expect(play).toHaveBeenCalledOnce();
    expect(warnings).toEqual([]);
  });

  it.each([
    [new ConsultRoomError('closed', 'the call is over'), 0],
    [new ConsultRoomError('media', 'not published'), 1],
  ])('ends when it cannot be played, which is a warning while the call continues: %s', async (error, noted) => {
    const { session, warnings } = begin(async () => {
      throw error;
    });
    session.say('Hello.');
    const [output] = session.spoken;
    await output?.captureFrame(frame);
    output?.flush();
    expect(await output?.waitForPlayout()).toMatchObject({ interrupted: true });
    expect(warnings).toHaveLength(noted);
  });
});
