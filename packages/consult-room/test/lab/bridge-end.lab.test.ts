import { RoomEvent, SimulateScenarioKind } from '@livekit/rtc-node';
import { startPhoneLab } from '@org/phone-lab';
import type { PhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relayTrackNames } from '../../src/index.ts';
import type { MergeEnd } from '../../src/index.ts';
import { bridgeOf, publications, relays } from '../support/bridge-of.ts';
import { Microphone } from '../support/microphone.ts';
import { humanIdentity, joinAs, setScene, untilTalking, voices } from '../support/fixture.ts';
import { bridgePair, measureDelays, report } from '../support/bridge-delays.ts';
import { pause, until } from '../support/until.ts';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(async () => {
  await lab.close();
});

describe('a bridge', () => {
  it('ends with who left and how', async () => {
    await using scene = await setScene(lab);
    const human = await scene.dialHuman();
    await using bridge = bridgeOf(scene);
    expect(await bridge.merge()).toMatchObject({ merged: true });
    await human.hangUp();
    expect(await bridge.ended).toMatchObject({
      cause: 'human-left',
      left: { identity: humanIdentity, how: 'hung-up', lastCallStatus: 'hangup' },
    });
    expect(await bridge.merge()).toEqual({ merged: false, reason: 'human-left' });
  });

  it('ends a merge under way when the caller hangs up', async () => {
    await using scene = await setScene(lab);
    await using bridge = bridgeOf(scene, { proofTimeoutMs: 10_000 });
    const merging = bridge.merge();
    await until('its tracks are there', () => relays(scene) === 2);
    await scene.caller.hangUp();
    expect(await merging).toEqual({ merged: false, reason: 'caller-left' });
    expect(await bridge.ended).toMatchObject({ cause: 'caller-left' });
  });

  it('ends when a room is lost', async () => {
    await using scene = await setScene(lab);
    await using bridge = bridgeOf(scene);
    await bridge.prepare();
    await scene.consult.close();
    expect(await bridge.ended).toMatchObject({ cause: 'consult-room-lost' });
  });

  it('goes on when a person connects anew', async () => {
    await using scene = await setScene(lab);
    await using human = await joinAs(lab, scene.consult.name, humanIdentity);
    await using microphone = await Microphone.on(human, voices.human);
    await using bridge = bridgeOf(scene);
    expect(await bridge.merge()).toMatchObject({ merged: true });
    let end: MergeEnd | undefined;
    void bridge.ended.then((ended) => (end = ended));
    await using again = await joinAs(lab, scene.consult.name, humanIdentity);
    await microphone[Symbol.asyncDispose]();
    await using _microphone = await Microphone.on(again, 1_500);
    await scene.caller.waitToHear(1_500, { timeoutMs: 5_000 });
    expect(end).toBeUndefined();
  });

  it.each([
    ['lightly', SimulateScenarioKind.SIMULATE_SIGNAL_RECONNECT],
    ['fully', SimulateScenarioKind.SIMULATE_FULL_RECONNECT],
  ])('goes on when this process connects anew, %s', async (_how, scenario) => {
    await using scene = await setScene(lab);
    const human = await scene.dialHuman();
    await using bridge = bridgeOf(scene);
    expect(await bridge.merge()).toMatchObject({ merged: true });
    for (const room of [scene.consultRoom, scene.callerRoom]) {
      const reconnected = new Promise<void>((resolve) => {
        room.once(RoomEvent.Reconnected, resolve);
      });
      await room.simulateScenario(scenario);
      await reconnected;
      await untilTalking(scene.caller, human);
    }
    // Longer than a departure without a reason is doubted.
    await pause(1_500);
    await untilTalking(scene.caller, human);
  });

  it('takes its tracks and listeners back when closed, twice as well as once, and leaves the rooms connected', async () => {
    await using scene = await setScene(lab);
    const listeners = (): number[] =>
      [scene.callerRoom, scene.consultRoom].flatMap((room) =>
        Object.values(RoomEvent).map((event) => room.listenerCount(event)),
      );
    await scene.dialHuman();
    await until('the human is subscribed to', () =>
      publications(scene.consultRoom, humanIdentity).some(({ track }) => track !== undefined),
    );
    const before = listeners();
    const bridge = bridgeOf(scene);
    expect(await bridge.merge()).toMatchObject({ merged: true });
    const names = (): (string | undefined)[] =>
      [scene.callerRoom, scene.consultRoom].flatMap((room) =>
        [...(room.localParticipant?.trackPublications.values() ?? [])].map(({ name }) => name),
      );
    expect(names()).toEqual(expect.arrayContaining([relayTrackNames.human, relayTrackNames.caller]));
    const closing = bridge.close();
    expect(bridge.close()).toBe(closing);
    await closing;
    expect(names()).toEqual(['hold']);
    expect(listeners()).toEqual(before);
    expect(scene.callerRoom.isConnected && scene.consultRoom.isConnected).toBe(true);
    await scene.caller.waitToHear(voices.music);
  });
});

// Measures delays.
describe.sequential('a bridge, with nothing beside it,', () => {
  it('adds less than 750 ms of delay in every merge, from its first sound on', async () => {
    const rounds = [];
    for (let round = 0; round < 2; round += 1) {
      await using pair = await bridgePair(lab);
      const { bridge, atHuman, atCaller } = pair;
      const mergeAt = performance.now();
      const result = await bridge.merge();
      expect(result).toMatchObject({ merged: true });
      await until('both hear', () => [atHuman, atCaller].every(({ audibleAt }) => audibleAt !== undefined));
      rounds.push({
        provenMs: result.merged ? Math.round(result.tookMs) : undefined,
        humanHearsMs: Math.round((atHuman.audibleAt ?? Number.NaN) - mergeAt),
        callerHearsMs: Math.round((atCaller.audibleAt ?? Number.NaN) - mergeAt),
        ...(await measureDelays(pair, 3)),
      });
    }
    report('bridge-delay', rounds);
    // Wanted: 150 ms to the first sound, 150 ms of delay.
    for (const round of rounds) {
      expect(round.humanHearsMs).toBeLessThan(750);
      expect(round.callerHearsMs).toBeLessThan(750);
      expect(round.callerToHumanMs).toBeLessThan(750);
      expect(round.humanToCallerMs).toBeLessThan(750);
    }
  });
});
