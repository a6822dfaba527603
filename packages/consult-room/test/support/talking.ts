import type { AudioFrame } from '@livekit/rtc-node';
import type { PhoneCall, PhoneLab } from '@org/phone-lab';
import { expect, vi } from 'vitest';
import { createMerge } from '../../src/index.ts';
import type { CallMerge, MergedCall, MergeOptions, Side, VoiceFrame } from '../../src/index.ts';
import { toneFrame } from './microphone.ts';
import { humanIdentity, setScene, voices } from './scene.ts';
import type { Scene } from './scene.ts';
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

export function mergeOf(lab: PhoneLab, scene: Scene, options: Partial<MergeOptions> = {}): CallMerge {
  const { callerRoom, consultRoom } = scene;
  return createMerge({ callerRoom, callerIdentity: 'caller', consultRoom, humanIdentity, server: lab, ...options });
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

/** Which of these tones each phone hears now. */
async function hearsNow(ears: readonly PhoneCall[], tones: readonly number[]): Promise<number[][]> {
  const from = Date.now();
  await pause(300);
  const range = { from, to: Date.now() };
  return ears.map(({ ear }) => tones.filter((hz) => ear.heardMs(hz, range) >= 200));
}

/** Whatever is on its way is heard first. */
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

/** Sides and tones (Hz, by zero crossings) of a second of what is listened to. */
export async function recorded(call: MergedCall): Promise<Map<Side, { frames: number; hz: number }>> {
  const heard: Record<Side, number[]> = { caller: [], human: [] };
  const stop = call.listen(({ side, frame }: VoiceFrame) => heard[side].push(...frame.data));
  await pause(1_000);
  stop();
  const sum = (['caller', 'human'] as const).map((side): [Side, { frames: number; hz: number }] => {
    const samples = heard[side];
    const rises = samples.filter((sample, at) => at > 0 && sample >= 0 && (samples[at - 1] ?? 0) < 0).length;
    return [side, { frames: samples.length / 480, hz: rises / (samples.length / 48_000) }];
  });
  const counted = heard.caller.length + heard.human.length;
  await pause(100);
  expect(heard.caller.length + heard.human.length).toBe(counted);
  return new Map(sum);
}

export function expectBothVoices(voicesHeard: Map<Side, { frames: number; hz: number }>): void {
  for (const side of ['caller', 'human'] as const) {
    const voice = voicesHeard.get(side);
    expect(voice?.frames).toBeGreaterThan(30);
    expect(Math.abs((voice?.hz ?? 0) - voices[side])).toBeLessThan(150);
  }
}
