import { setImmediate } from 'node:timers/promises';
import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { relayTrackNames } from '../../src/bridge/relay-pair.ts';
import { bridgeOf, publications, relays } from '../support/bridge-of.ts';
import { createFixture, humanIdentity, joinAs, untilTalking, voices } from '../support/fixture.ts';
import { listen } from '../support/listen.ts';
import { expectHearing } from '../support/merged-fixture.ts';
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
  it('relays nothing before the merge, both voices after it, nothing once it is closed, and never the music', async () => {
    await using fixture = await createFixture(lab);
    await using bridge = bridgeOf(fixture);
    await bridge.publishTracks();
    const human = await fixture.dialHuman();
    const all = [voices.caller, voices.human, voices.music];
    await expectHearing([fixture.caller, human], all, [[voices.music], []]);
    expect(human.ear.heardMs(voices.caller)).toBe(0);
    expect(fixture.caller.ear.heardMs(voices.human)).toBe(0);

    const result = await bridge.merge();
    expect(result).toMatchObject({ merged: true });
    await untilTalking(fixture.caller, human);

    const call = result.merged ? result.call : undefined;
    expect((await call?.statistics())?.callerToHuman).toMatchObject({ failedFrames: 0 });
    await bridge.close();
    expect(await call?.ended).toEqual({ cause: 'closed' });
    await expectHearing([fixture.caller, human], all, [[voices.music], []]);
    const from = Date.now();
    await pause(500);
    expect(human.ear.heardMs(voices.caller, { from })).toBe(0);
    expect(fixture.caller.ear.heardMs(voices.human, { from })).toBe(0);
    expect(human.ear.heardMs(voices.music)).toBe(0);
  });

  it('publishes its tracks in merge() itself, after the human agent has answered, and merges once for several calls', async () => {
    await using fixture = await createFixture(lab);
    await fixture.dialHuman();
    await using bridge = bridgeOf(fixture);
    const [first, second] = await Promise.all([bridge.merge(), bridge.merge()]);
    expect(first).toMatchObject({ merged: true });
    expect(second).toBe(first);
    expect(await bridge.merge()).toBe(first);
  });

  it('merges when all speech since the accept was dropped, because the event loop was blocked meanwhile', async () => {
    await using fixture = await createFixture(lab);
    const human = await fixture.dialHuman();
    await using bridge = bridgeOf(fixture);
    await bridge.publishTracks();
    const merging = bridge.merge();
    // The gate opens. Audio that the phone has sent already is heard, then silence.
    await setImmediate();
    human.quiet();
    const standsStillUntil = performance.now() + 600;
    while (performance.now() < standsStillUntil);
    const result = await merging;
    expect(result).toMatchObject({ merged: true });
    human.tone();
    await untilTalking(fixture.caller, human);
  });

  it('reports the direction that has no track, relays nothing, and merges once there is one', async () => {
    await using fixture = await createFixture(lab);
    await using human = await joinAs(lab, fixture.consult.name, humanIdentity);
    await using bridge = bridgeOf(fixture, { verifyTimeoutMs: 800 });
    const result = await bridge.merge();
    expect(result).toMatchObject({ merged: false, reason: 'no-audio' });
    // A client without media is not shown to the other participants, neither as a speaker nor as a listener.
    expect(result).toHaveProperty('missing', [
      { direction: 'caller-to-human', missing: 'subscriber' },
      { direction: 'human-to-caller', missing: 'participant' },
    ]);
    const peaks: number[] = [];
    listen(human, fixture.consult.identity, (peak) => peaks.push(peak));
    // Audio on its way is heard first. Of 32 767: a codec's rendering of silence.
    await until('it is silent', () => peaks.length > 50 && Math.max(...peaks.slice(-50)) < 10);
    await using _speaking = await Microphone.on(human, voices.human);
    expect(await bridge.merge()).toMatchObject({ merged: true });
  });

  it('merges a muted human agent, and shows the other side when the human agent is muted', async () => {
    await using fixture = await createFixture(lab);
    await using human = await joinAs(lab, fixture.consult.name, humanIdentity);
    await using microphone = await Microphone.on(human, voices.human);
    await using neighbor = await joinAs(lab, fixture.callerRoom.name ?? '', 'neighbor');
    await using bridge = bridgeOf(fixture);
    await bridge.publishTracks();
    await until('the voice is here', () => publications(fixture.consultRoom, humanIdentity).some(({ track }) => track));
    microphone.mute(true);
    await until('the mute is known', () => publications(fixture.consultRoom, humanIdentity).some(({ muted }) => muted));
    const shown = (): boolean | undefined =>
      publications(neighbor, 'ai-agent').find(({ name }) => name === relayTrackNames.human)?.muted;
    await until('the bridge is seen, and not muted', () => shown() === false);
    expect(await bridge.merge()).toMatchObject({ merged: true });
    await until('it is shown', () => shown() === true);
    microphone.mute(false);
    await until('it is shown no longer', () => shown() === false);
    await fixture.caller.waitToHear(voices.human, { forMs: 200 });
    microphone.mute(true);
    await until('it is shown again', () => shown() === true);
    await bridge.close();
    await until('nothing is shown after the end', () => shown() === undefined);
  });

  it('follows a participant who publishes again during the call', async () => {
    await using fixture = await createFixture(lab);
    await using human = await joinAs(lab, fixture.consult.name, humanIdentity);
    await using first = await Microphone.on(human, voices.human);
    await using bridge = bridgeOf(fixture);
    expect(await bridge.merge()).toMatchObject({ merged: true });
    await first[Symbol.asyncDispose]();
    await using _second = await Microphone.on(human, 1_500);
    await fixture.caller.waitToHear(1_500, { timeoutMs: 5_000 });
  });

  it('keeps its tracks when a merge is aborted, and merges the next time', async () => {
    await using fixture = await createFixture(lab, { callerSpeaks: false });
    await using human = await joinAs(lab, fixture.consult.name, humanIdentity);
    await using bridge = bridgeOf(fixture, { verifyTimeoutMs: 10_000 });
    const abort = new AbortController();
    const merging = bridge.merge({ signal: abort.signal });
    await until('its tracks are there', () => relays(fixture) === 2);
    abort.abort();
    expect(await merging).toEqual({ merged: false, reason: 'aborted' });
    expect(await bridge.merge({ signal: AbortSignal.abort() })).toEqual({ merged: false, reason: 'aborted' });
    await using _microphone = await Microphone.on(human, voices.human);
    fixture.caller.tone();
    expect(await bridge.merge()).toMatchObject({ merged: true });
  });

  it('fails a running merge at close(), and ends', async () => {
    await using fixture = await createFixture(lab);
    const bridge = bridgeOf(fixture, { verifyTimeoutMs: 10_000 });
    const merging = bridge.merge();
    await until('its tracks are there', () => relays(fixture) === 2);
    await bridge.close();
    expect(await merging).toEqual({ merged: false, reason: 'closed' });
    expect(await bridge.ended).toEqual({ cause: 'closed' });
    expect(await bridge.merge()).toEqual({ merged: false, reason: 'closed' });
    await expect(bridge.publishTracks()).rejects.toMatchObject({ code: 'closed' });
    expect(relays(fixture)).toBe(0);
  });

  it('relays keys both ways during the call, none before or after, and not those that belong to the accept', async () => {
    await using fixture = await createFixture(lab);
    const human = await fixture.dialHuman();
    await using bridge = bridgeOf(fixture);
    await bridge.publishTracks();
    await fixture.caller.press('11');
    await human.press('2');
    await pause(300);
    expect(await bridge.merge()).toMatchObject({ merged: true });
    const keysFrom = performance.now() + 1_000;
    await human.press('1');
    await fixture.caller.press('4#');
    await pause(keysFrom - performance.now());
    await human.press('9*');
    expect([await human.waitForKey(), await human.waitForKey()]).toEqual(['4', '#']);
    expect([await fixture.caller.waitForKey(), await fixture.caller.waitForKey()]).toEqual(['9', '*']);
    await bridge.close();
    await fixture.caller.press('7');
    await human.press('8');
    await pause(300);
    expect(human.keys.map(({ key }) => key)).toEqual(['4', '#']);
    expect(fixture.caller.keys.map(({ key }) => key)).toEqual(['9', '*']);
  });
});
