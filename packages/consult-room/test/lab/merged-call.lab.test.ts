import { AudioSource } from '@livekit/rtc-node';
import type { AudioFrame } from '@livekit/rtc-node';
import { startPhoneLab } from '@org/phone-lab';
import type { PhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ConsultRoomError, MergedCall } from '../../src/index.ts';
import { voiceSinkMs } from '../../src/bridge/voice-queue.ts';
import { Microphone } from '../support/microphone.ts';
import { joinAs, voices } from '../support/fixture.ts';
import {
  expectBothVoices,
  expectHearing,
  introduction,
  mergeOf,
  recorded,
  talkingIn,
  toneFrames,
} from '../support/merged-fixture.ts';
import type { Talking } from '../support/merged-fixture.ts';
import { until } from '../support/until.ts';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(async () => {
  await lab.close();
});

// One call, which the tests change.
describe('a bridged call', () => {
  let talk: Talking;
  beforeAll(async () => {
    talk = await talkingIn(lab, { strategy: 'bridge' });
  });
  afterAll(() => talk[Symbol.asyncDispose]());

  it.sequential('mutes each side by itself, voice and keys, and lets it be heard again', async () => {
    const { scene, human, call } = talk;
    const both = [scene.caller, human];
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
    expect(scene.caller.keys).toEqual([]);
  });

  it.sequential('gives the voices of both for a recording, until it is told to stop', async () => {
    expectBothVoices(await recorded(talk.call));
  });

  it.sequential('plays an introduction to both over their voices, until its end or an abort, and takes its tracks back', async () => {
    const { scene, human, call } = talk;
    const both = [scene.caller, human];
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
    const names = [scene.callerRoom, scene.consultRoom].flatMap((room) =>
      [...(room.localParticipant?.trackPublications.values() ?? [])].map(({ name }) => name),
    );
    expect(names).not.toContain('consult-room.introduction');
  });

  it.sequential('lets a third person be heard across, and not before or after', async () => {
    const { scene, human, call } = talk;
    await using colleague = await joinAs(lab, scene.consult.name, 'colleague');
    await using _microphone = await Microphone.on(colleague, 1_300);
    const all = [voices.caller, voices.human, 1_300];
    await expectHearing([scene.caller], all, [[voices.human]]);
    await call.add('human', 'colleague');
    await expectHearing([scene.caller, human], all, [
      [voices.human, 1_300],
      [voices.caller, 1_300],
    ]);
    await call.mute('human');
    await expectHearing([scene.caller], all, [[]]);
    await call.mute('human', false);
    await call.remove('human', 'colleague');
    await expectHearing([scene.caller], all, [[voices.human]]);
  });

  it.sequential('ends when its merge is closed', async () => {
    const { merge, call } = talk;
    await merge.close();
    expect(await call.ended).toEqual({ cause: 'closed' });
    await expect(call.mute('caller')).rejects.toMatchObject({ code: 'closed' });
    await expect(call.play(toneFrames(introduction, 100))).rejects.toMatchObject({ code: 'closed' });
  });
});

/** Two recorders with a full disk, one of which notices it later. Resolves when both have met it several times. */
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
  it('goes on when its listeners throw or reject, and warns of each once', async () => {
    const warnings: ConsultRoomError[] = [];
    const onWarning = (warning: ConsultRoomError): void => void warnings.push(warning);
    await using other = await talkingIn(lab, { strategy: 'bridge', onWarning });
    await recordInVain(other.call);
    await expectHearing(
      [other.scene.caller, other.human],
      [voices.caller, voices.human],
      [[voices.human], [voices.caller]],
    );
    expect(warnings).toMatchObject(failedTwice);
  });

  it('is hung up with the job that it is bound to', async () => {
    await using other = await talkingIn(lab, { strategy: 'bridge' });
    const job = new AbortController();
    other.call.endWith(job.signal);
    job.abort();
    expect(await other.call.ended).toEqual({ cause: 'hung-up' });
    expect((await other.human.untilEnded()).how).toBe('disconnected');
    expect((await other.scene.caller.untilEnded()).how).toBe('disconnected');
  });
});

describe('a call in one room', () => {
  let cloud: PhoneLab;
  beforeAll(async () => {
    cloud = await startPhoneLab({ cloud: { noResponseMs: 300 } });
  });
  afterAll(() => cloud.close());

  it('can be muted, recorded, spoken into and hung up like a bridged one', async () => {
    const warnings: ConsultRoomError[] = [];
    const onWarning = (warning: ConsultRoomError): void => void warnings.push(warning);
    await using talk = await talkingIn(cloud, { strategy: 'auto', onWarning });
    const { scene, human, call } = talk;
    expect(call.by).toBe('move');
    const both = [scene.caller, human];
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
    await expect(call.add('human', 'colleague')).rejects.toMatchObject({ code: 'not-implemented' });
    await recordInVain(call);
    expectBothVoices(await recorded(call));
    expect(warnings).toMatchObject(failedTwice);
    expect(await call.hangUp()).toEqual({ clean: true, problems: [] });
    expect(await call.ended).toEqual({ cause: 'hung-up' });
  }, 60_000);
});

// What it measures, and what it breaks, is of the whole process.
describe.sequential('a bridged call, with nothing beside it,', () => {
  let talk: Talking;
  beforeAll(async () => {
    talk = await talkingIn(lab, { strategy: 'bridge' });
  });
  afterAll(() => talk[Symbol.asyncDispose]());

  it('counts frames, packets and losses, and tells the delay', async () => {
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

  it('does not come to be when a voice comes in and does not go through', async () => {
    const { scene, merge } = talk;
    await merge.close();
    const sending = Reflect.get<AudioSource, 'captureFrame'>(AudioSource.prototype, 'captureFrame');
    await using broken = mergeOf(lab, scene, { strategy: 'bridge', proofTimeoutMs: 2_000 });
    // The sources of a bridge, known by their queue, take silence only.
    AudioSource.prototype.captureFrame = function refuseSound(this: AudioSource, frame: AudioFrame): Promise<void> {
      const silent = frame.data.every((sample) => sample === 0);
      return this.queueSize === voiceSinkMs && !silent
        ? Promise.reject(new Error('InvalidState'))
        : sending.call(this, frame);
    };
    try {
      await broken.prepare();
      expect(await broken.merge()).toEqual({
        merged: false,
        reason: 'no-proof',
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
