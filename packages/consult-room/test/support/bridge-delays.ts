import { mkdirSync, writeFileSync } from 'node:fs';
import type { Room } from '@livekit/rtc-node';
import type { PhoneLab } from '@org/phone-lab';
import { type CallMerge, ConsultRoom, createMerge } from '../../src/index.ts';
import { fresh, joinAs, optionsFor } from './fixture.ts';
import { listen } from './listen.ts';
import { Microphone } from './microphone.ts';
import { pause } from './until.ts';

/** Two participants who talk by tones across a bridge, and what each of them hears of the other one. */
export interface BridgedPair extends AsyncDisposable {
  readonly bridge: CallMerge;
  readonly callerVoice: Microphone;
  readonly humanVoice: Microphone;
  readonly atCaller: Listener;
  readonly atHuman: Listener;
  /** Hears the caller without a bridge. */
  readonly oneRoom: Listener;
}

/** Records when a listener began to hear anything, and when it heard bursts. */
class Listener {
  audibleAt: number | undefined;
  #lastAudibleAt = Number.NEGATIVE_INFINITY;
  /** The times of the last bursts. */
  readonly bursts: number[] = [];
  #loud = false;

  constructor(room: Room, publisher: string) {
    listen(room, publisher, (peak, at) => {
      if (peak > 800) {
        this.audibleAt ??= at;
        this.#lastAudibleAt = at;
      }
      if (peak > 9_000 && !this.#loud && this.bursts.push(at) > 10) this.bursts.shift();
      this.#loud = peak > 9_000;
    });
  }

  /** How long the listener has heard nothing, in milliseconds. */
  get quietMs(): number {
    return performance.now() - this.#lastAudibleAt;
  }

  /** Returns the milliseconds from `sentAt` to the first burst after it. */
  delayOf(sentAt: number): number {
    const heardAt = this.bursts.find((at) => at > sentAt);
    return heardAt === undefined ? Number.POSITIVE_INFINITY : heardAt - sentAt;
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].toSorted((a, b) => a - b);
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN);
}

export async function bridgePair(lab: PhoneLab): Promise<BridgedPair> {
  const callerRoomName = fresh('caller-room');
  const callerRoom = await joinAs(lab, callerRoomName, 'ai-agent', { kind: 'agent' });
  const caller = await joinAs(lab, callerRoomName, 'caller');
  const neighbor = await joinAs(lab, callerRoomName, 'neighbor');
  const consult = await ConsultRoom.open(optionsFor(lab, callerRoomName));
  const consultRoom = await consult.join();
  const human = await joinAs(lab, consult.name, 'human');
  const callerVoice = await Microphone.on(caller, 440, { direct: true });
  const humanVoice = await Microphone.on(human, 1_000, { direct: true });
  const listeners = {
    oneRoom: new Listener(neighbor, 'caller'),
    atHuman: new Listener(human, consult.identity),
    atCaller: new Listener(caller, 'ai-agent'),
  };
  const bridge = createMerge({
    strategy: 'bridge',
    callerRoom,
    callerIdentity: 'caller',
    consultRoom,
    humanIdentity: 'human',
  });
  await bridge.publishTracks();
  const dispose = async (): Promise<void> => {
    await bridge.close();
    for (const microphone of [callerVoice, humanVoice]) await microphone[Symbol.asyncDispose]();
    await consult.close();
    for (const room of [human, caller, neighbor, callerRoom]) await room.disconnect();
  };
  return { bridge, callerVoice, humanVoice, ...listeners, [Symbol.asyncDispose]: dispose };
}

/** More than any acceptable delay, so that a burst is not mistaken for the previous one. */
const burstEveryMs = 800;

export interface Delays {
  readonly oneRoomMs: number;
  readonly callerToHumanMs: number;
  readonly humanToCallerMs: number;
}

/** Measures the medians of several bursts. */
export async function measureDelays(pair: BridgedPair, bursts: number): Promise<Delays> {
  const delays: { direct: number[]; toHuman: number[]; toCaller: number[] } = { direct: [], toHuman: [], toCaller: [] };
  for (let burst = 0; burst < bursts; burst += 1) {
    const [callerAt, humanAt] = await Promise.all([pair.callerVoice.burst(), pair.humanVoice.burst()]);
    await pause(burstEveryMs);
    delays.direct.push(pair.oneRoom.delayOf(callerAt));
    delays.toHuman.push(pair.atHuman.delayOf(callerAt));
    delays.toCaller.push(pair.atCaller.delayOf(humanAt));
  }
  return {
    oneRoomMs: median(delays.direct),
    callerToHumanMs: median(delays.toHuman),
    humanToCallerMs: median(delays.toCaller),
  };
}

export interface Steadiness {
  readonly start: Delays;
  readonly end: Delays;
  /** Memory of the whole process, phones included, after some seconds of warm-up and at the end. */
  readonly memoryMb: { readonly start: number; readonly end: number };
}

function addedMs(delays: Delays, direction: 'callerToHumanMs' | 'humanToCallerMs'): number {
  return delays[direction] - delays.oneRoomMs;
}

/** Returns how much more the bridge added at the end than at the start, in the worse direction. */
export function growthMs({ start, end }: Steadiness): number {
  const directions = ['callerToHumanMs', 'humanToCallerMs'] as const;
  return Math.max(...directions.map((direction) => addedMs(end, direction) - addedMs(start, direction)));
}

/** Growth that needs no second measurement, in milliseconds, and the number of further ones, six seconds each. */
const settledMs = 20;
const settleTries = 6;

/** Bridges two participants for a while. */
export async function measureSteadiness(lab: PhoneLab, forMs: number, warmUpMs: number): Promise<Steadiness> {
  const endsAt = performance.now() + forMs;
  await using pair = await bridgePair(lab);
  const result = await pair.bridge.merge();
  if (!result.merged) throw new Error(`not merged: ${result.reason}`);
  await pause(warmUpMs);
  const start = await measureDelays(pair, 7);
  const memoryAtStart = memoryMb();
  await pause(endsAt - performance.now() - 7 * burstEveryMs);
  const measured = async (): Promise<Steadiness> => ({
    start,
    end: await measureDelays(pair, 7),
    memoryMb: { start: memoryAtStart, end: memoryMb() },
  });
  let last = await measured();
  // A busy machine delays everything for a moment; a queue that has grown would stay.
  for (let tries = 0; tries < settleTries && !(growthMs(last) < settledMs); tries += 1) last = await measured();
  return last;
}

function memoryMb(): number {
  return Math.round(process.memoryUsage().rss / 2 ** 20);
}

export function report(name: string, content: unknown): void {
  mkdirSync('.reports', { recursive: true });
  writeFileSync(`.reports/${name}.json`, JSON.stringify(content, undefined, 2));
}
