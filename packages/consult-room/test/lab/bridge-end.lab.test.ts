import { RoomEvent, SimulateScenarioKind } from '@livekit/rtc-node';
import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relayTrackNames } from '../../src/bridge/relay-pair.ts';
import type { MergeEnd } from '../../src/index.ts';
import { bridgeOf, publications, relays } from '../support/bridge-of.ts';
import { createFixture, humanIdentity, joinAs, untilTalking, voices } from '../support/fixture.ts';
import { Microphone } from '../support/microphone.ts';
import { pause, until } from '../support/until.ts';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(async () => {
  await lab.close();
});

describe('a bridge', () => {
  it('reports who left, and how', async () => {
    await using fixture = await createFixture(lab);
    const human = await fixture.dialHuman();
    await using bridge = bridgeOf(fixture);
    expect(await bridge.merge()).toMatchObject({ merged: true });
    await human.hangUp();
    expect(await bridge.ended).toMatchObject({
      cause: 'human-left',
      left: { identity: humanIdentity, how: 'hung-up', lastCallStatus: 'hangup' },
    });
    expect(await bridge.merge()).toEqual({ merged: false, reason: 'human-left' });
  });

  it('fails a running merge when the caller hangs up', async () => {
    await using fixture = await createFixture(lab);
    await using bridge = bridgeOf(fixture, { verifyTimeoutMs: 10_000 });
    const merging = bridge.merge();
    await until('its tracks are there', () => relays(fixture) === 2);
    await fixture.caller.hangUp();
    expect(await merging).toEqual({ merged: false, reason: 'caller-left' });
    expect(await bridge.ended).toMatchObject({ cause: 'caller-left' });
  });

  it('ends when a room is lost', async () => {
    await using fixture = await createFixture(lab);
    await using bridge = bridgeOf(fixture);
    await bridge.publishTracks();
    await fixture.consult.close();
    expect(await bridge.ended).toMatchObject({ cause: 'consult-room-lost' });
  });

  it('continues when a participant reconnects', async () => {
    await using fixture = await createFixture(lab);
    await using human = await joinAs(lab, fixture.consult.name, humanIdentity);
    await using microphone = await Microphone.on(human, voices.human);
    await using bridge = bridgeOf(fixture);
    expect(await bridge.merge()).toMatchObject({ merged: true });
    let end: MergeEnd | undefined;
    void bridge.ended.then((ended) => (end = ended));
    await using again = await joinAs(lab, fixture.consult.name, humanIdentity);
    await microphone[Symbol.asyncDispose]();
    await using _microphone = await Microphone.on(again, 1_500);
    await fixture.caller.waitToHear(1_500, { timeoutMs: 5_000 });
    expect(end).toBeUndefined();
  });

  it.each([
    ['by signaling only', SimulateScenarioKind.SIMULATE_SIGNAL_RECONNECT],
    ['with media', SimulateScenarioKind.SIMULATE_FULL_RECONNECT],
  ])('continues when this process reconnects, %s', async (_how, scenario) => {
    await using fixture = await createFixture(lab);
    const human = await fixture.dialHuman();
    await using bridge = bridgeOf(fixture);
    expect(await bridge.merge()).toMatchObject({ merged: true });
    for (const room of [fixture.consultRoom, fixture.callerRoom]) {
      const reconnected = new Promise<void>((resolve) => {
        room.once(RoomEvent.Reconnected, resolve);
      });
      await room.simulateScenario(scenario);
      await reconnected;
      await untilTalking(fixture.caller, human);
    }
    // Longer than the time after which a departure without a reason counts.
    await pause(1_500);
    await untilTalking(fixture.caller, human);
  });

  it('removes its tracks and listeners when closed, once or twice, and leaves the rooms connected', async () => {
    await using fixture = await createFixture(lab);
    const listeners = (): number[] =>
      [fixture.callerRoom, fixture.consultRoom].flatMap((room) =>
        Object.values(RoomEvent).map((event) => room.listenerCount(event)),
      );
    await fixture.dialHuman();
    await until('the human agent is subscribed to', () =>
      publications(fixture.consultRoom, humanIdentity).some(({ track }) => track !== undefined),
    );
    const before = listeners();
    const bridge = bridgeOf(fixture);
    expect(await bridge.merge()).toMatchObject({ merged: true });
    const names = (): (string | undefined)[] =>
      [fixture.callerRoom, fixture.consultRoom].flatMap((room) =>
        [...(room.localParticipant?.trackPublications.values() ?? [])].map(({ name }) => name),
      );
    expect(names()).toEqual(expect.arrayContaining([relayTrackNames.human, relayTrackNames.caller]));
    const closing = bridge.close();
    expect(bridge.close()).toBe(closing);
    await closing;
    expect(names()).toEqual(['hold']);
    expect(listeners()).toEqual(before);
    expect(fixture.callerRoom.isConnected && fixture.consultRoom.isConnected).toBe(true);
    await fixture.caller.waitToHear(voices.music);
  });
});
