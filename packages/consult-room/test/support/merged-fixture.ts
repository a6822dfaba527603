import type { AudioFrame } from '@livekit/rtc-node';
import type { PhoneCall, PhoneLab } from '@org/phone-lab';
import { expect, vi } from 'vitest';
import { type CallMerge, createMerge, type MergedCall, type MergeOptions, type VoiceFrame } from '../../src/index.ts';
import type { MergeSide } from '../../src/merge/merge-result.ts';
import { createFixture, type Fixture, humanIdentity, voices } from './fixture.ts';
import { toneFrame } from './microphone.ts';
import { pause } from './until.ts';

/** The tone of an introduction, in Hz. */
export const introduction = 1_900;

/** Two parties who talk across a merge. */
export interface MergedFixture extends AsyncDisposable {
  readonly fixture: Fixture;
  readonly human: PhoneCall;
  readonly merge: CallMerge;
  readonly call: MergedCall;
}

/**
 * Creates a merge with more time to verify than the default, for a busy machine. Under `auto` the server is asked to
 * move.
 */
export function mergeOf(lab: PhoneLab, fixture: Fixture, options: Partial<MergeOptions> = {}): CallMerge {
  const { callerRoom, consultRoom } = fixture;
  const participants = { callerRoom, callerIdentity: 'caller', consultRoom, humanIdentity };
  return createMerge({ ...participants, server: lab, supportsMove: true, verifyTimeoutMs: 10_000, ...options });
}

export async function createMergedFixture(lab: PhoneLab, options: Partial<MergeOptions> = {}): Promise<MergedFixture> {
  const fixture = await createFixture(lab);
  const human = await fixture.dialHuman();
  const merge = mergeOf(lab, fixture, options);
  await merge.publishTracks();
  const result = await merge.merge();
  if (!result.merged) throw new Error(`not merged: ${result.reason}`);
  const dispose = async (): Promise<void> => {
    await merge.close();
    if (!human.ended) await human.hangUp();
    await fixture[Symbol.asyncDispose]();
  };
  return { fixture, human, merge, call: result.call, [Symbol.asyncDispose]: dispose };
}

/** Returns the tones that each phone hears now; one that is heard only for a moment is `undefined`. */
async function hearsNow(ears: readonly PhoneCall[], tones: readonly number[]): Promise<(number | undefined)[][]> {
  const from = Date.now();
  await pause(400);
  const range = { from, to: Date.now() };
  return ears.map(({ ear }) =>
    tones.flatMap((hz) => {
      const heardMs = ear.heardMs(hz, range);
      if (heardMs === 0) return [];
      return heardMs >= 200 ? [hz] : [undefined];
    }),
  );
}

/** Waits until each phone hears these of the tones, and none of the others: audio on its way is heard first. */
export async function expectHearing(
  ears: readonly PhoneCall[],
  tones: readonly number[],
  expected: readonly (readonly number[])[],
): Promise<void> {
  await vi.waitFor(async () => expect(await hearsNow(ears, tones)).toEqual(expected), {
    timeout: 10_000,
    interval: 50,
  });
}

export async function* toneFrames(hz: number, ms: number): AsyncGenerator<AudioFrame> {
  for (let at = 0; at < ms; at += 10) yield await Promise.resolve(toneFrame(hz, at * 48, 6_000));
}

/** Records a second of each side. */
export async function recorded(call: MergedCall): Promise<Record<MergeSide, number[]>> {
  const heard: Record<MergeSide, number[]> = { caller: [], human: [] };
  const stop = call.listen(({ side, frame }: VoiceFrame) => heard[side].push(...frame.data));
  await pause(1_000);
  stop();
  const counted = heard.caller.length + heard.human.length;
  await pause(100);
  expect(heard.caller.length + heard.human.length).toBe(counted);
  return heard;
}

/** Expects at least a third of a second of each voice, and no other one. */
export function expectBothVoices(heard: Record<MergeSide, number[]>): void {
  for (const [side, other] of [
    ['caller', 'human'],
    ['human', 'caller'],
  ] as const) {
    expect(heard[side].length).toBeGreaterThan(16_000);
    expect(amplitudeOf(heard[side], voices[side])).toBeGreaterThan(10 * amplitudeOf(heard[side], voices[other]));
  }
}

/** Returns the amplitude of one tone, under a Hann window, so that the other one does not leak in. */
function amplitudeOf(samples: readonly number[], hz: number): number {
  let [re, im] = [0, 0];
  for (const [at, sample] of samples.entries()) {
    const windowed = sample * (1 - Math.cos((2 * Math.PI * at) / samples.length));
    re += windowed * Math.cos((2 * Math.PI * hz * at) / 48_000);
    im += windowed * Math.sin((2 * Math.PI * hz * at) / 48_000);
  }
  return Math.hypot(re, im) / samples.length;
}
