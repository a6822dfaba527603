import {
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  Room,
  RoomEvent,
  TrackKind,
  TrackPublishOptions,
  TrackSource,
  type RemoteTrack,
} from '@livekit/rtc-node';
import type { PhoneLab } from '@org/phone-lab';
import { AccessToken } from 'livekit-server-sdk';
import type { Meddle } from './story.js';

const SAMPLE_RATE = 48_000;

/**
 * Plants a leak: a third party that joins both rooms and plays into the caller room whatever is said in the consult
 * room. A proof that does not find it proves nothing.
 */
export function leakInto(lab: PhoneLab): Meddle {
  return async ({ callerRoom, consultRoom }) => {
    const [ear, mouth] = await Promise.all([join(lab, consultRoom), join(lab, callerRoom)]);
    const source = new AudioSource(SAMPLE_RATE, 1);
    const track = LocalAudioTrack.createAudioTrack('leak', source);
    await mouth.localParticipant?.publishTrack(
      track,
      new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE }),
    );
    const relay = async (heard: RemoteTrack): Promise<void> => {
      if (heard.kind !== TrackKind.KIND_AUDIO) return;
      for await (const frame of new AudioStream(heard, { sampleRate: SAMPLE_RATE, numChannels: 1 })) {
        await source.captureFrame(frame);
      }
    };
    ear.on(RoomEvent.TrackSubscribed, (heard) => void relay(heard));
    for (const { trackPublications } of ear.remoteParticipants.values()) {
      for (const { track: heard } of trackPublications.values()) if (heard !== undefined) void relay(heard);
    }
    return {
      [Symbol.asyncDispose]: async () => {
        await Promise.all([ear.disconnect(), mouth.disconnect()]);
        await track.close();
      },
    };
  };
}

async function join(lab: PhoneLab, roomName: string): Promise<Room> {
  const token = new AccessToken(lab.apiKey, lab.apiSecret, { identity: 'leak' });
  token.addGrant({ roomJoin: true, room: roomName });
  const room = new Room();
  await room.connect(lab.url, await token.toJwt());
  return room;
}
