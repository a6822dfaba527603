import { type RemoteTrack, type Room, TrackKind } from '@livekit/rtc-node';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { ConsultRoomError } from '../../src/index.ts';
import { type AudioFlow, verifyAudioFlow } from '../../src/merge/verify-audio-flow.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  // The statistics of a real track are requested from rtc-node's client, which another file may have started.
  vi.stubGlobal('_ffiClientInstance', undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A room where the human agent sends packets, which the statistics show at this interval. */
function roomOfTwo(renewedEveryMs = 20): Room {
  const packets = (): bigint => BigInt(Math.floor(performance.now() / renewedEveryMs));
  const voice = { kind: TrackKind.KIND_AUDIO, sid: 'TR_human' };
  const room = {
    name: 'caller-room',
    remoteParticipants: new Map([
      ['human', { trackPublications: new Map([['TR_human', voice]]) }],
      ['caller', { trackPublications: new Map() }],
    ]),
    getRtcStats: async () => ({
      publisherStats: [],
      subscriberStats: [
        {
          stats: { case: 'inboundRtp', value: { stream: { kind: 'audio' }, received: { packetsReceived: packets() } } },
        },
      ],
    }),
  };
  return room as unknown as Room;
}

/** The human agent's voice on its way to the caller, in one room. */
function voiceIn(room: Room): AudioFlow {
  return {
    direction: 'human-to-caller',
    from: room,
    identity: 'human',
    listener: { room, identity: 'caller' },
    track: { muted: false } as RemoteTrack,
  };
}

/** Verifies a flow whose listener is subscribed at once, and lets two seconds pass. */
async function verify(flow: AudioFlow) {
  const warnings: string[] = [];
  const participants = { updateSubscriptions: () => Promise.resolve() };
  const context = { participants, onWarning: ({ message }: ConsultRoomError) => void warnings.push(message) };
  const startedAt = performance.now();
  const verified = verifyAudioFlow(flow, new AbortController().signal, context).then((missing) => ({
    missing,
    tookMs: performance.now() - startedAt,
  }));
  await vi.advanceTimersByTimeAsync(2_000);
  return { ...(await verified), warnings };
}

it('verifyAudioFlow() does not warn of missing packets when this process subscribes to the voice after half a second', async () => {
  const voice = voiceIn(roomOfTwo());
  const subscribedAt = performance.now() + 490;
  const { missing, warnings } = await verify({
    ...voice,
    get track() {
      return performance.now() < subscribedAt ? undefined : voice.track;
    },
  });
  expect(missing).toEqual([]);
  expect(warnings).toEqual([]);
});

it.each([
  ['arrive after 0.4 s', 400, []],
  [
    'never arrive',
    Number.POSITIVE_INFINITY,
    ['no packets arrive (human-to-caller): the speaker may be on hold or silent'],
  ],
])(
  'verifyAudioFlow() does not wait for the packets of a person in the same room, which %s',
  async (_which, everyMs, expected) => {
    const { tookMs, warnings } = await verify(voiceIn(roomOfTwo(everyMs)));
    expect(tookMs).toBeLessThanOrEqual(20);
    expect(warnings).toEqual(expected);
  },
);

it('verifyAudioFlow() takes sound that a relay has read for packets, without waiting for statistics', async () => {
  const { tookMs, warnings } = await verify({
    ...voiceIn(roomOfTwo(400)),
    relayed: { sid: 'TR_relay', subscribed: true, framesSinceOpen: 5, soundFrames: { read: 5, written: 5 } },
  });
  // The request for the subscription is answered between the first check and the second one.
  expect(tookMs).toBeLessThanOrEqual(20);
  expect(warnings).toEqual([]);
});
