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

const packets = (): bigint => BigInt(Math.floor(performance.now() / 20));

/** A room where the human agent sends a packet every 20 ms. */
function roomOfTwo(): Room {
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

it('does not warn of missing packets when this process subscribes to the voice after half a second', async () => {
  const room = roomOfTwo();
  const track = { muted: false } as RemoteTrack;
  const subscribedAt = performance.now() + 490;
  const flow: AudioFlow = {
    direction: 'human-to-caller',
    from: room,
    identity: 'human',
    listener: { room, identity: 'caller' },
    get track() {
      return performance.now() < subscribedAt ? undefined : track;
    },
  };
  const warnings: ConsultRoomError[] = [];
  const participants = { updateSubscriptions: () => Promise.resolve() };
  const limit = new AbortController();
  const verifying = verifyAudioFlow(flow, limit.signal, {
    participants,
    onWarning: (warning) => warnings.push(warning),
  });
  await vi.advanceTimersByTimeAsync(2_000);
  expect(await verifying).toEqual([]);
  expect(warnings).toEqual([]);
});
