import { type AudioFrame, AudioSource } from '@livekit/rtc-node';
import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { voiceSinkMs } from '../../src/bridge/voice-queue.ts';
import type { ConsultRoomError, MergedCall } from '../../src/index.ts';
import { joinAs, voices } from '../support/fixture.ts';
import {
  createMergedFixture,
  expectBothVoices,
  expectHearing,
  introduction,
  type MergedFixture,
  mergeOf,
  recorded,
  toneFrames,
} from '../support/merged-fixture.ts';
import { Microphone } from '../support/microphone.ts';
import { until } from '../support/until.ts';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(async () => {
  await lab.close();
});

// One call for all of these tests.
describe('a bridged call', () => {
  let talk: MergedFixture;
  beforeAll(async () => {
    talk = await createMergedFixture(lab, { strategy: 'bridge' });
  });
  afterAll(() => talk[Symbol.asyncDispose]());

  it.sequential('mutes each side separately, voice and keys, and lets it be heard again', async () => {
    const { fixture, human, call } = talk;
    const both = [fixture.caller, human];
    const pair = [voices.caller, voices.human];
    await expectHearing(both, pair, [[voices.human], [voices.caller]]);
    await call.mute('human');
    await human.press('5');
    await expectHearing(both, pair, [[], [voices.caller]]);
    await call.mute('human', false);
    await call.mute('caller');
    await expectHearing(both, pair, [[voices.human], []]);
    await call.mute('caller', false);
    await expectHearing(both, pair, [[voices.human], [voices.caller]]);
    expect(fixture.caller.keys).toEqual([]);
  });

  it.sequential('passes both voices to a recording until that is stopped', async () => {
    expectBothVoices(await recorded(talk.call));
  });

  it.sequential('plays an introduction to both parties over their voices, until its end or an abort, and unpublishes its tracks', async () => {
    const { fixture, human, call } = talk;
    const both = [fixture.caller, human];
    const all = [voices.caller, voices.human, introduction];
    const abort = new AbortController();
    const playing = call.play(toneFrames(introduction, 30_000), { signal: abort.signal });
    const failure = playing.catch((error: unknown) => error);
    await expectHearing(both, all, [
      [voices.human, introduction],
      [voices.caller, introduction],
    ]);
    abort.abort();
    expect(await failure).toMatchObject({ code: 'aborted' });
    await expectHearing(both, all, [[voices.human], [voices.caller]]);

    const from = Date.now();
    await call.play(toneFrames(introduction, 600));
    await expectHearing(both, all, [[voices.human], [voices.caller]]);
    for (const phone of both) {
      // Wanted: 600 ms. A busy machine makes gaps in it.
      expect(phone.ear.heardMs(introduction, { from })).toBeGreaterThanOrEqual(100);
      expect(phone.ear.heardMs(introduction, { from })).toBeLessThanOrEqual(900);
    }
    const names = [fixture.callerRoom, fixture.consultRoom].flatMap((room) =>
      [...(room.localParticipant?.trackPublications.values() ?? [])].map(({ name }) => name),
    );
    expect(names).not.toContain('consult-room.introduction');
  });

  it.sequential('relays a third speaker while added, and not before or after', async () => {
    const { fixture, human, call } = talk;
    await using colleague = await joinAs(lab, fixture.consult.name, 'colleague');
    await using _microphone = await Microphone.on(colleague, 1_300);
    const all = [voices.caller, voices.human, 1_300];
    await expectHearing([fixture.caller], all, [[voices.human]]);
    await call.addSpeaker('human', 'colleague');
    await expectHearing([fixture.caller, human], all, [
      [voices.human, 1_300],
      [voices.caller, 1_300],
    ]);
    await call.mute('human');
    await expectHearing([fixture.caller], all, [[]]);
    await call.mute('human', false);
    await call.removeSpeaker('human', 'colleague');
    await expectHearing([fixture.caller], all, [[voices.human]]);
  });

  it.sequential('ends when its merge is closed', async () => {
    const { merge, call } = talk;
    await merge.close();
    expect(await call.ended).toEqual({ cause: 'closed' });
    await expect(call.mute('caller')).rejects.toMatchObject({ code: 'closed' });
    await expect(call.play(toneFrames(introduction, 100))).rejects.toMatchObject({ code: 'closed' });
  });
});

/** Adds two recorders with a full disk, one of which notices it later. Resolves when both have failed several times. */
async function recordInVain(call: MergedCall): Promise<void> {
  let frames = 0;
  call.listen(() => {
    throw new Error('the disk is full');
  });
  const rejects = (): unknown => {
    frames += 1;
    return Promise.reject(new Error('the disk is full'));
  };
  call.listen(rejects);
  await until('both have listened', () => frames > 20);
}

const failedTwice = [{ code: 'handler-failed' }, { code: 'handler-failed' }];

describe('another bridged call', () => {
  it('continues when its listeners throw or reject, and warns of each once', async () => {
    const warnings: ConsultRoomError[] = [];
    const onWarning = (warning: ConsultRoomError): void => void warnings.push(warning);
    await using other = await createMergedFixture(lab, { strategy: 'bridge', onWarning });
    await recordInVain(other.call);
    await expectHearing(
      [other.fixture.caller, other.human],
      [voices.caller, voices.human],
      [[voices.human], [voices.caller]],
    );
    expect(warnings).toMatchObject(failedTwice);
  });

  it('is hung up when the signal of its job aborts', async () => {
    await using other = await createMergedFixture(lab, { strategy: 'bridge' });
    const job = new AbortController();
    other.call.hangUpOn(job.signal);
    job.abort();
    expect(await other.call.ended).toEqual({ cause: 'hung-up' });
    expect((await other.human.untilEnded()).how).toBe('disconnected');
    expect((await other.fixture.caller.untilEnded()).how).toBe('disconnected');
  });
});

describe('a call in one room', () => {
  let cloud: PhoneLab;
  beforeAll(async () => {
    cloud = await startPhoneLab({ cloud: { noResponseMs: 300 } });
  });
  afterAll(() => cloud.close());

  it('can be muted, recorded, played to and hung up like a bridged one', async () => {
    const warnings: ConsultRoomError[] = [];
    const onWarning = (warning: ConsultRoomError): void => void warnings.push(warning);
    await using talk = await createMergedFixture(cloud, { strategy: 'auto', onWarning });
    const { fixture, human, call } = talk;
    expect(call.by).toBe('move');
    const both = [fixture.caller, human];
    const all = [voices.caller, voices.human, introduction];
    await call.mute('human');
    await expectHearing(both, all, [[], [voices.caller]]);
    await call.mute('human', false);
    await expectHearing(both, all, [[voices.human], [voices.caller]]);
    expectBothVoices(await recorded(call));
    await Promise.all([
      call.play(toneFrames(introduction, 900)),
      ...both.map((phone) => phone.waitToHear(introduction)),
    ]);
    expect((await call.statistics()).humanToCaller).toMatchObject({ forwardedFrames: 0, lostPackets: 0 });
    await expect(call.addSpeaker('human', 'colleague')).rejects.toMatchObject({ code: 'not-implemented' });
    await recordInVain(call);
    expectBothVoices(await recorded(call));
    expect(warnings).toMatchObject(failedTwice);
    expect(await call.hangUp()).toEqual({ clean: true, problems: [] });
    expect(await call.ended).toEqual({ cause: 'hung-up' });
  }, 60_000);
});

// Measures and breaks things of the whole process.
describe.sequential('a bridged call on an idle machine', () => {
  let talk: MergedFixture;
  beforeAll(async () => {
    talk = await createMergedFixture(lab, { strategy: 'bridge' });
  });
  afterAll(() => talk[Symbol.asyncDispose]());

  it('counts frames, packets and losses, and measures the delay', async () => {
    const first = await talk.call.statistics();
    await vi.waitFor(
      async () => {
        const second = await talk.call.statistics();
        for (const direction of ['callerToHuman', 'humanToCaller'] as const) {
          const [before, after] = [first[direction], second[direction]];
          expect(after.forwardedFrames - before.forwardedFrames).toBeGreaterThan(20);
          expect(after.packets - before.packets).toBeGreaterThan(10);
          expect(after.failedFrames).toBe(0);
          expect(after.lostPackets).toBeLessThan(after.packets / 10);
          expect(after.delayMs).toBeGreaterThan(0);
          // Wanted: 150 ms.
          expect(after.delayMs).toBeLessThan(750);
        }
      },
      { timeout: 10_000, interval: 100 },
    );
  });

  it('is not merged when a voice arrives and is not relayed', async () => {
    const { fixture, merge } = talk;
    await merge.close();
    const sending = Reflect.get<AudioSource, 'captureFrame'>(AudioSource.prototype, 'captureFrame');
    await using broken = mergeOf(lab, fixture, { strategy: 'bridge', verifyTimeoutMs: 2_000 });
    // The sources of a bridge, recognized by their queue, accept only silence.
    AudioSource.prototype.captureFrame = function refuseSound(this: AudioSource, frame: AudioFrame): Promise<void> {
      const silent = frame.data.every((sample) => sample === 0);
      return this.queueSize === voiceSinkMs && !silent
        ? Promise.reject(new Error('InvalidState'))
        : sending.call(this, frame);
    };
    try {
      await broken.publishTracks();
      expect(await broken.merge()).toEqual({
        merged: false,
        reason: 'no-audio',
        missing: [
          { direction: 'caller-to-human', missing: 'sound' },
          { direction: 'human-to-caller', missing: 'sound' },
        ],
      });
    } finally {
      AudioSource.prototype.captureFrame = sending;
    }
    expect(await broken.merge()).toMatchObject({ merged: true });
  });
});
