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
    const mouth = await join(lab, callerRoom);
    const ear = await join(lab, consultRoom, (heard) => void relay(heard, mouth));
    return {
      [Symbol.asyncDispose]: async () => {
        await Promise.all([ear.disconnect(), mouth.disconnect()]);
      },
    };
  };
}

async function join(lab: PhoneLab, roomName: string, onHeard?: (track: RemoteTrack) => void): Promise<Room> {
  const token = new AccessToken(lab.apiKey, lab.apiSecret, { identity: 'leak' });
  token.addGrant({ roomJoin: true, room: roomName });
  const room = new Room();
  if (onHeard !== undefined) room.on(RoomEvent.TrackSubscribed, onHeard);
  await room.connect(lab.url, await token.toJwt());
  return room;
}

/** Publishes a track that sounds like the one that is heard. */
async function relay(heard: RemoteTrack, mouth: Room): Promise<void> {
  if (heard.kind !== TrackKind.KIND_AUDIO) return;
  const source = new AudioSource(SAMPLE_RATE, 1);
  const track = LocalAudioTrack.createAudioTrack('leak', source);
  await mouth.localParticipant?.publishTrack(track, new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE }));
  for await (const frame of new AudioStream(heard, { sampleRate: SAMPLE_RATE, numChannels: 1 })) {
    if (!mouth.isConnected) break;
    // A source may refuse a frame and take the next.
    await source
      .captureFrame(frame)
      .catch((error: unknown) => console.error(`the leak lost a frame: ${String(error)}`));
  }
  await track.close();
}
