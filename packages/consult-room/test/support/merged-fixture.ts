import type { AudioFrame } from '@livekit/rtc-node';
import type { PhoneCall, PhoneLab } from '@org/phone-lab';
import { expect, vi } from 'vitest';
import { createMerge } from '../../src/index.ts';
import type { CallMerge, MergedCall, MergeOptions, Side, VoiceFrame } from '../../src/index.ts';
import { toneFrame } from './microphone.ts';
import { humanIdentity, setScene, voices } from './fixture.ts';
import type { Scene } from './fixture.ts';
import { pause } from './until.ts';

/** Hz. */
export const introduction = 1_900;

/** Two who talk across a merge. */
export interface Talking extends AsyncDisposable {
  readonly scene: Scene;
  readonly human: PhoneCall;
  readonly merge: CallMerge;
  readonly call: MergedCall;
}

/** With more time for the proof than the default, for a busy machine. Under `auto` the server is asked to move. */
export function mergeOf(lab: PhoneLab, scene: Scene, options: Partial<MergeOptions> = {}): CallMerge {
  const { callerRoom, consultRoom } = scene;
  const people = { callerRoom, callerIdentity: 'caller', consultRoom, humanIdentity };
  return createMerge({ ...people, server: lab, supportsMove: true, proofTimeoutMs: 10_000, ...options });
}

export async function talkingIn(lab: PhoneLab, options: Partial<MergeOptions> = {}): Promise<Talking> {
  const scene = await setScene(lab);
  const human = await scene.dialHuman();
  const merge = mergeOf(lab, scene, options);
  await merge.prepare();
  const result = await merge.merge();
  if (!result.merged) throw new Error(`not merged: ${result.reason}`);
  const dispose = async (): Promise<void> => {
    await merge.close();
    if (!human.ended) await human.hangUp();
    await scene[Symbol.asyncDispose]();
  };
  return { scene, human, merge, call: result.call, [Symbol.asyncDispose]: dispose };
}

/** Which of these tones each phone hears now; one that is heard for a moment only is `undefined`. */
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

/** Waits until each phone hears these of the tones, and nothing at all of the others: what is on its way is heard first. */
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

/** The samples of each side in a second of what is listened to. */
export async function recorded(call: MergedCall): Promise<Record<Side, number[]>> {
  const heard: Record<Side, number[]> = { caller: [], human: [] };
  const stop = call.listen(({ side, frame }: VoiceFrame) => heard[side].push(...frame.data));
  await pause(1_000);
  stop();
  const counted = heard.caller.length + heard.human.length;
  await pause(100);
  expect(heard.caller.length + heard.human.length).toBe(counted);
  return heard;
}

/** A third of a second at least of each voice, and of no other. */
export function expectBothVoices(heard: Record<Side, number[]>): void {
  for (const [side, other] of [
    ['caller', 'human'],
    ['human', 'caller'],
  ] as const) {
    expect(heard[side].length).toBeGreaterThan(16_000);
    expect(amplitudeOf(heard[side], voices[side])).toBeGreaterThan(10 * amplitudeOf(heard[side], voices[other]));
  }
}

/** Of one tone, under a Hann window, so that the other does not leak in. */
function amplitudeOf(samples: readonly number[], hz: number): number {
  let [re, im] = [0, 0];
  for (const [at, sample] of samples.entries()) {
    const windowed = sample * (1 - Math.cos((2 * Math.PI * at) / samples.length));
    re += windowed * Math.cos((2 * Math.PI * hz * at) / 48_000);
    im += windowed * Math.sin((2 * Math.PI * hz * at) / 48_000);
  }
  return Math.hypot(re, im) / samples.length;
}
