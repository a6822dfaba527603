import { RoomEvent, SimulateScenarioKind } from '@livekit/rtc-node';
import type { RemoteTrackPublication, Room } from '@livekit/rtc-node';
import { startPhoneLab } from '@org/phone-lab';
import type { PhoneLab } from '@org/phone-lab';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createBridge, relayTrackNames } from '../src/index.ts';
import type { Bridge, ConsultRoomError, MergeEnd } from '../src/index.ts';
import {
  humanIdentity,
  joinAs,
  listen,
  Microphone,
  pause,
  setScene,
  until,
  untilTalking,
  voices,
} from './support/scene.ts';
import type { Scene } from './support/scene.ts';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(async () => {
  await lab.close();
});

const warnings: ConsultRoomError[] = [];
afterEach(() => {
  const seen = warnings.splice(0);
  if (seen.length > 0) throw new AggregateError(seen, 'the bridge warned');
});

function bridgeOf(scene: Scene, options: { proofTimeoutMs?: number } = {}): Bridge {
  return createBridge({
    callerRoom: scene.callerRoom,
    callerIdentity: 'caller',
    consultRoom: scene.consultRoom,
    humanIdentity,
    onWarning: (warning) => warnings.push(warning),
    ...options,
  });
}

/** Long enough for what is on its way through two jitter buffers, also on a busy machine. */
const settleMs = 1_500;

function publications(room: Room, identity: string): RemoteTrackPublication[] {
  return [...(room.remoteParticipants.get(identity)?.trackPublications.values() ?? [])];
}

async function stretch(ms: number): Promise<{ from: number; to: number }> {
  const from = Date.now();
  await pause(ms);
  return { from, to: Date.now() };
}

describe('bridge', () => {
  it('lets nobody hear across before the merge, both after it, nobody after the unmerge, and never the music', async () => {
    await using scene = await setScene(lab);
    await using bridge = bridgeOf(scene);
    await bridge.prepare();
    expect(bridge.state).toBe('prepared');
    const human = await scene.dialHuman();
    const before = await stretch(1_000);
    expect(human.ear.heardMs(voices.caller, before)).toBe(0);
    expect(scene.caller.ear.heardMs(voices.human, before)).toBe(0);
    expect(scene.caller.ear.heard(voices.music, before)).toBe(true);

    const result = await bridge.merge();
    expect(result).toMatchObject({ merged: true });
    expect(bridge.state).toBe('merged');
    await untilTalking(scene.caller, human);

    await bridge.unmerge();
    expect(bridge.state).toBe('unmerged');
    await pause(settleMs);
    const after = await stretch(1_000);
    expect(human.ear.heardMs(voices.caller, after)).toBe(0);
    expect(scene.caller.ear.heardMs(voices.human, after)).toBe(0);
    expect(human.ear.heardMs(voices.music)).toBe(0);

    expect(await bridge.merge()).toMatchObject({ merged: true });
    expect(bridge.statistics.callerToHuman).toMatchObject({ failedFrames: 0 });
  });

  it('may be prepared after the human has answered, or by merge() itself', async () => {
    await using scene = await setScene(lab);
    await scene.dialHuman();
    await using bridge = bridgeOf(scene);
    expect(bridge.state).toBe('idle');
    const [first, second] = await Promise.all([bridge.merge(), bridge.merge()]);
    expect(first).toMatchObject({ merged: true });
    expect(second).toBe(first);
    expect(await bridge.merge()).toBe(first);
  });

  it('names the direction that sends nothing, lets nobody hear across, and merges once it sends', async () => {
    await using scene = await setScene(lab);
    const human = await joinAs(lab, scene.consult.name, humanIdentity);
    const silent = new Microphone(human, voices.human);
    await using bridge = bridgeOf(scene, { proofTimeoutMs: 800 });
    // Joined, and has no microphone.
    const noTrack = await bridge.merge();
    expect(noTrack).toMatchObject({ merged: false, reason: 'no-proof', missing: [{ direction: 'human-to-caller' }] });
    expect(bridge.state).toBe('prepared');
    // Has a microphone that sends no packets.
    await silent.publish();
    await until('the track is there', () => scene.consultRoom.remoteParticipants.has(humanIdentity));
    await pause(200);
    expect(await bridge.merge()).toEqual({
      merged: false,
      reason: 'no-proof',
      missing: [{ direction: 'human-to-caller', missing: 'packets' }],
    });
    const peaks: number[] = [];
    await pause(settleMs);
    listen(human, scene.consult.identity, (peak) => peaks.push(peak));
    await pause(500);
    expect(peaks.length).toBeGreaterThan(20);
    // Of 32 767: what a codec makes of silence.
    expect(Math.max(...peaks)).toBeLessThan(10);
    // Publishes anew, and speaks.
    await silent[Symbol.asyncDispose]();
    await using _speaking = await Microphone.on(human, voices.human);
    expect(await bridge.merge()).toMatchObject({ merged: true });
    await human.disconnect();
  });

  it('shows to the other side who is muted, and merges whoever is', async () => {
    await using scene = await setScene(lab);
    const human = await joinAs(lab, scene.consult.name, humanIdentity);
    await using microphone = await Microphone.on(human, voices.human);
    const neighbor = await joinAs(lab, scene.callerRoom.name ?? '', 'neighbor');
    await using bridge = bridgeOf(scene);
    await bridge.prepare();
    await until('the voice is here', () => publications(scene.consultRoom, humanIdentity).some(({ track }) => track));
    microphone.mute(true);
    await until('the mute is known', () => publications(scene.consultRoom, humanIdentity).some(({ muted }) => muted));
    const shown = (): boolean | undefined =>
      publications(neighbor, 'ai-agent').find(({ name }) => name === relayTrackNames.human)?.muted;
    await until('the bridge is seen, and not muted', () => shown() === false);
    expect(await bridge.merge()).toMatchObject({ merged: true });
    await until('it is shown', () => shown() === true);
    microphone.mute(false);
    await until('it is shown no longer', () => shown() === false);
    await scene.caller.waitToHear(voices.human, { forMs: 200 });
    microphone.mute(true);
    await until('it is shown again', () => shown() === true);
    await bridge.unmerge();
    await until('nothing is shown of who is parted', () => shown() === false);
    await neighbor.disconnect();
    await human.disconnect();
  });

  it('follows a person who publishes again while merged', async () => {
    await using scene = await setScene(lab);
    const human = await joinAs(lab, scene.consult.name, humanIdentity);
    const first = await Microphone.on(human, voices.human);
    await using bridge = bridgeOf(scene);
    expect(await bridge.merge()).toMatchObject({ merged: true });
    await first[Symbol.asyncDispose]();
    await using _second = await Microphone.on(human, 1_500);
    await scene.caller.waitToHear(1_500, { timeoutMs: 5_000 });
    expect(bridge.state).toBe('merged');
    await human.disconnect();
  });

  it('rolls back when it is aborted, and works the next time', async () => {
    await using scene = await setScene(lab, { callerSpeaks: false });
    const human = await joinAs(lab, scene.consult.name, humanIdentity);
    await using bridge = bridgeOf(scene, { proofTimeoutMs: 10_000 });
    const abort = new AbortController();
    const merging = bridge.merge({ signal: abort.signal });
    await until('it is merging', () => bridge.state === 'merging');
    abort.abort();
    expect(await merging).toEqual({ merged: false, reason: 'aborted' });
    expect(bridge.state).toBe('prepared');
    expect(await bridge.merge({ signal: AbortSignal.abort() })).toEqual({ merged: false, reason: 'aborted' });
    await using _microphone = await Microphone.on(human, voices.human);
    scene.caller.tone();
    expect(await bridge.merge()).toMatchObject({ merged: true });
    await human.disconnect();
  });

  it('ends a merge under way by unmerge() and by close()', async () => {
    await using scene = await setScene(lab);
    const bridge = bridgeOf(scene, { proofTimeoutMs: 10_000 });
    const first = bridge.merge();
    await until('it is merging', () => bridge.state === 'merging');
    await bridge.unmerge();
    expect(await first).toEqual({ merged: false, reason: 'unmerged' });
    expect(bridge.state).toBe('unmerged');
    const second = bridge.merge();
    await until('it is merging', () => bridge.state === 'merging');
    await bridge.close();
    expect(await second).toEqual({ merged: false, reason: 'closed' });
    expect(await bridge.ended).toEqual({ cause: 'closed' });
    expect(await bridge.merge()).toEqual({ merged: false, reason: 'closed' });
    await expect(bridge.prepare()).rejects.toMatchObject({ code: 'closed' });
  });

  it('passes key presses both ways while merged, and none before or after', async () => {
    await using scene = await setScene(lab);
    const human = await scene.dialHuman();
    await using bridge = bridgeOf(scene);
    await bridge.prepare();
    await scene.caller.press('11');
    await human.press('2');
    await pause(300);
    expect(await bridge.merge()).toMatchObject({ merged: true });
    await scene.caller.press('4#');
    await human.press('9*');
    expect([await human.waitForKey(), await human.waitForKey()]).toEqual(['4', '#']);
    expect([await scene.caller.waitForKey(), await scene.caller.waitForKey()]).toEqual(['9', '*']);
    await bridge.unmerge();
    await scene.caller.press('7');
    await human.press('8');
    await pause(300);
    expect(human.keys.map(({ key }) => key)).toEqual(['4', '#']);
    expect(scene.caller.keys.map(({ key }) => key)).toEqual(['9', '*']);
  });

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
    expect(bridge.state).toBe('unmerged');
    expect(await bridge.merge()).toEqual({ merged: false, reason: 'human-left' });
  });

  it('ends a merge under way when the caller hangs up', async () => {
    await using scene = await setScene(lab);
    await using bridge = bridgeOf(scene, { proofTimeoutMs: 10_000 });
    const merging = bridge.merge();
    await until('it is merging', () => bridge.state === 'merging');
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
    const human = await joinAs(lab, scene.consult.name, humanIdentity);
    const microphone = await Microphone.on(human, voices.human);
    await using bridge = bridgeOf(scene);
    expect(await bridge.merge()).toMatchObject({ merged: true });
    let end: MergeEnd | undefined;
    void bridge.ended.then((ended) => (end = ended));
    const again = await joinAs(lab, scene.consult.name, humanIdentity);
    await microphone[Symbol.asyncDispose]();
    await using _microphone = await Microphone.on(again, 1_500);
    await scene.caller.waitToHear(1_500, { timeoutMs: 5_000 });
    expect(end).toBeUndefined();
    expect(bridge.state).toBe('merged');
    await human.disconnect();
    await again.disconnect();
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
    expect(bridge.state).toBe('merged');
  });

  it('takes its tracks and listeners back when closed, twice as well as once, and leaves the rooms connected', async () => {
    await using scene = await setScene(lab);
    const listeners = (): number[] =>
      [scene.callerRoom, scene.consultRoom].flatMap((room) =>
        Object.values(RoomEvent).map((event) => room.listenerCount(event)),
      );
    await scene.dialHuman();
    await until('the human is subscribed to', () =>
      [...(scene.consultRoom.remoteParticipants.get(humanIdentity)?.trackPublications.values() ?? [])].some(
        ({ track }) => track !== undefined,
      ),
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
    expect(bridge.state).toBe('closed');
    expect(names()).toEqual(['hold']);
    expect(listeners()).toEqual(before);
    expect(scene.callerRoom.isConnected && scene.consultRoom.isConnected).toBe(true);
    const later = await stretch(500);
    expect(scene.caller.ear.heard(voices.music, later)).toBe(true);
  });

  it('refuses to bridge a room with itself', async () => {
    await using scene = await setScene(lab);
    const { callerRoom } = scene;
    expect(() =>
      createBridge({ callerRoom, callerIdentity: 'caller', consultRoom: callerRoom, humanIdentity }),
    ).toThrow(/consultRoom/);
  });
});
