import { mkdirSync, writeFileSync } from 'node:fs';
import type { Room } from '@livekit/rtc-node';
import { startPhoneLab } from '@org/phone-lab';
import type { PhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ConsultRoom, createBridge } from '../src/index.ts';
import { fresh, joinAs, listen, Microphone, optionsFor, pause } from './support/scene.ts';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(async () => {
  await lab.close();
});

/** Remembers when a listener began to hear anything, and when it heard bursts. */
class Listener {
  audibleAt: number | undefined;
  readonly bursts: number[] = [];
  #loud = false;

  constructor(room: Room, publisher: string) {
    listen(room, publisher, (peak, at) => {
      if (peak > 800) this.audibleAt ??= at;
      if (peak > 9_000 && !this.#loud) this.bursts.push(at);
      this.#loud = peak > 9_000;
    });
  }

  /** Milliseconds from `sentAt` to the first burst after it. */
  delayOf(sentAt: number): number {
    const heardAt = this.bursts.find((at) => at > sentAt);
    return heardAt === undefined ? Number.POSITIVE_INFINITY : heardAt - sentAt;
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? Number.NaN);
}

/** More than any delay that is still a conversation, so that a burst is not taken for the one before it. */
const burstEveryMs = 800;

it('adds a delay that does not grow from one merge to the next', async () => {
  const callerRoomName = fresh('caller-room');
  const callerRoom = await joinAs(lab, callerRoomName, 'ai-agent', { kind: 'agent' });
  const caller = await joinAs(lab, callerRoomName, 'caller');
  const neighbor = await joinAs(lab, callerRoomName, 'neighbor');
  await using consult = await ConsultRoom.open(optionsFor(lab, callerRoomName));
  const consultRoom = await consult.join();
  const human = await joinAs(lab, consult.name, 'human');
  const callerVoice = await Microphone.on(caller, 440);
  const humanVoice = await Microphone.on(human, 1_000);
  const oneRoom = new Listener(neighbor, 'caller');
  const atHuman = new Listener(human, consult.identity);
  const atCaller = new Listener(caller, 'ai-agent');
  await using bridge = createBridge({ callerRoom, callerIdentity: 'caller', consultRoom, humanIdentity: 'human' });
  await bridge.prepare();

  const rounds = [];
  for (let round = 0; round < 3; round += 1) {
    await pause(1_000);
    for (const listener of [atHuman, atCaller]) listener.audibleAt = undefined;
    const mergeAt = performance.now();
    const result = await bridge.merge();
    expect(result.merged).toBe(true);
    await pause(700);
    const delays: { direct: number[]; toHuman: number[]; toCaller: number[] } = {
      direct: [],
      toHuman: [],
      toCaller: [],
    };
    for (let burst = 0; burst < 6; burst += 1) {
      const [callerAt, humanAt] = await Promise.all([callerVoice.burst(), humanVoice.burst()]);
      await pause(burstEveryMs);
      delays.direct.push(oneRoom.delayOf(callerAt));
      delays.toHuman.push(atHuman.delayOf(callerAt));
      delays.toCaller.push(atCaller.delayOf(humanAt));
    }
    rounds.push({
      provenMs: result.merged ? Math.round(result.tookMs) : undefined,
      humanHearsMs: Math.round((atHuman.audibleAt ?? Number.NaN) - mergeAt),
      callerHearsMs: Math.round((atCaller.audibleAt ?? Number.NaN) - mergeAt),
      oneRoomMs: median(delays.direct),
      callerToHumanMs: median(delays.toHuman),
      humanToCallerMs: median(delays.toCaller),
    });
    await bridge.unmerge();
  }
  mkdirSync('.reports', { recursive: true });
  writeFileSync('.reports/bridge-delay.json', JSON.stringify(rounds, undefined, 2));

  // Wanted: 150 ms to the first sound, 150 ms of delay.
  for (const round of rounds) {
    expect(round.humanHearsMs).toBeLessThan(750);
    expect(round.callerHearsMs).toBeLessThan(750);
    expect(round.callerToHumanMs).toBeLessThan(750);
    expect(round.humanToCallerMs).toBeLessThan(750);
  }

  await bridge.close();
  for (const microphone of [callerVoice, humanVoice]) await microphone[Symbol.asyncDispose]();
  for (const room of [human, caller, neighbor, callerRoom]) await room.disconnect();
});
