import { setImmediate } from 'node:timers/promises';
import { startPhoneLab } from '@org/phone-lab';
import type { PhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relayTrackNames } from '../../src/index.ts';
import { bridgeOf, publications, relays } from '../support/bridge-of.ts';
import { listen } from '../support/on-peak.ts';
import { Microphone } from '../support/microphone.ts';
import { humanIdentity, joinAs, setScene, untilTalking, voices } from '../support/fixture.ts';
import { expectHearing } from '../support/merged-fixture.ts';
import { pause, until } from '../support/until.ts';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(async () => {
  await lab.close();
});

describe('a bridge', () => {
  it('lets nobody hear across before the merge, both after it, nobody once it is closed, and never the music', async () => {
    await using scene = await setScene(lab);
    await using bridge = bridgeOf(scene);
    await bridge.prepare();
    const human = await scene.dialHuman();
    const all = [voices.caller, voices.human, voices.music];
    await expectHearing([scene.caller, human], all, [[voices.music], []]);
    expect(human.ear.heardMs(voices.caller)).toBe(0);
    expect(scene.caller.ear.heardMs(voices.human)).toBe(0);

    const result = await bridge.merge();
    expect(result).toMatchObject({ merged: true });
    await untilTalking(scene.caller, human);

    const call = result.merged ? result.call : undefined;
    expect((await call?.statistics())?.callerToHuman).toMatchObject({ failedFrames: 0 });
    await bridge.close();
    expect(await call?.ended).toEqual({ cause: 'closed' });
    await expectHearing([scene.caller, human], all, [[voices.music], []]);
    const from = Date.now();
    await pause(500);
    expect(human.ear.heardMs(voices.caller, { from })).toBe(0);
    expect(scene.caller.ear.heardMs(voices.human, { from })).toBe(0);
    expect(human.ear.heardMs(voices.music)).toBe(0);
  });

  it('is prepared by merge() itself, after the human has answered, and merged once for all who ask', async () => {
    await using scene = await setScene(lab);
    await scene.dialHuman();
    await using bridge = bridgeOf(scene);
    const [first, second] = await Promise.all([bridge.merge(), bridge.merge()]);
    expect(first).toMatchObject({ merged: true });
    expect(second).toBe(first);
    expect(await bridge.merge()).toBe(first);
  });

  it('is merged when all that was said since then was dropped, because the process stood still meanwhile', async () => {
    await using scene = await setScene(lab);
    const human = await scene.dialHuman();
    await using bridge = bridgeOf(scene);
    await bridge.prepare();
    const merging = bridge.merge();
    // The gate opens. What the phone has sent already is heard, then silence.
    await setImmediate();
    human.quiet();
    const standsStillUntil = performance.now() + 600;
    while (performance.now() < standsStillUntil);
    const result = await merging;
    expect(result).toMatchObject({ merged: true });
    human.tone();
    await untilTalking(scene.caller, human);
  });

  it('names the direction that has no track, lets nobody hear across, and merges once there is one', async () => {
    await using scene = await setScene(lab);
    await using human = await joinAs(lab, scene.consult.name, humanIdentity);
    await using bridge = bridgeOf(scene, { proofTimeoutMs: 800 });
    const result = await bridge.merge();
    expect(result).toMatchObject({ merged: false, reason: 'no-proof' });
    // A client without media is not shown to the others, neither as a speaker nor as a listener.
    expect(result).toHaveProperty('missing', [
      { direction: 'caller-to-human', missing: 'subscriber' },
      { direction: 'human-to-caller', missing: 'participant' },
    ]);
    const peaks: number[] = [];
    listen(human, scene.consult.identity, (peak) => peaks.push(peak));
    // What is on its way is heard first. Of 32 767: what a codec makes of silence.
    await until('it is silent', () => peaks.length > 50 && Math.max(...peaks.slice(-50)) < 10);
    await using _speaking = await Microphone.on(human, voices.human);
    expect(await bridge.merge()).toMatchObject({ merged: true });
  });

  it('merges a human who is muted, and shows to the other side when they are', async () => {
    await using scene = await setScene(lab);
    await using human = await joinAs(lab, scene.consult.name, humanIdentity);
    await using microphone = await Microphone.on(human, voices.human);
    await using neighbor = await joinAs(lab, scene.callerRoom.name ?? '', 'neighbor');
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
    await bridge.close();
    await until('nothing is shown of who is parted', () => shown() === undefined);
  });

  it('follows a person who publishes again while merged', async () => {
    await using scene = await setScene(lab);
    await using human = await joinAs(lab, scene.consult.name, humanIdentity);
    await using first = await Microphone.on(human, voices.human);
    await using bridge = bridgeOf(scene);
    expect(await bridge.merge()).toMatchObject({ merged: true });
    await first[Symbol.asyncDispose]();
    await using _second = await Microphone.on(human, 1_500);
    await scene.caller.waitToHear(1_500, { timeoutMs: 5_000 });
  });

  it('is prepared as before when a merge is aborted, and merges the next time', async () => {
    await using scene = await setScene(lab, { callerSpeaks: false });
    await using human = await joinAs(lab, scene.consult.name, humanIdentity);
    await using bridge = bridgeOf(scene, { proofTimeoutMs: 10_000 });
    const abort = new AbortController();
    const merging = bridge.merge({ signal: abort.signal });
    await until('its tracks are there', () => relays(scene) === 2);
    abort.abort();
    expect(await merging).toEqual({ merged: false, reason: 'aborted' });
    expect(await bridge.merge({ signal: AbortSignal.abort() })).toEqual({ merged: false, reason: 'aborted' });
    await using _microphone = await Microphone.on(human, voices.human);
    scene.caller.tone();
    expect(await bridge.merge()).toMatchObject({ merged: true });
  });

  it('ends a merge under way by close(), and is over', async () => {
    await using scene = await setScene(lab);
    const bridge = bridgeOf(scene, { proofTimeoutMs: 10_000 });
    const merging = bridge.merge();
    await until('its tracks are there', () => relays(scene) === 2);
    await bridge.close();
    expect(await merging).toEqual({ merged: false, reason: 'closed' });
    expect(await bridge.ended).toEqual({ cause: 'closed' });
    expect(await bridge.merge()).toEqual({ merged: false, reason: 'closed' });
    await expect(bridge.prepare()).rejects.toMatchObject({ code: 'closed' });
    expect(relays(scene)).toBe(0);
  });

  it('passes keys both ways while merged, none before or after, and not what is left of an accept', async () => {
    await using scene = await setScene(lab);
    const human = await scene.dialHuman();
    await using bridge = bridgeOf(scene);
    await bridge.prepare();
    await scene.caller.press('11');
    await human.press('2');
    await pause(300);
    expect(await bridge.merge()).toMatchObject({ merged: true });
    const keysFrom = performance.now() + 1_000;
    await human.press('1');
    await scene.caller.press('4#');
    await pause(keysFrom - performance.now());
    await human.press('9*');
    expect([await human.waitForKey(), await human.waitForKey()]).toEqual(['4', '#']);
    expect([await scene.caller.waitForKey(), await scene.caller.waitForKey()]).toEqual(['9', '*']);
    await bridge.close();
    await scene.caller.press('7');
    await human.press('8');
    await pause(300);
    expect(human.keys.map(({ key }) => key)).toEqual(['4', '#']);
    expect(scene.caller.keys.map(({ key }) => key)).toEqual(['9', '*']);
  });
});
