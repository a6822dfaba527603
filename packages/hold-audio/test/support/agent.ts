import { AudioFrame, AudioSource, LocalAudioTrack, Room, TrackPublishOptions } from '@livekit/rtc-node';
import type { PhoneLab } from '@org/phone-lab';
import { closeTrack } from '@org/support';
import { AccessToken } from 'livekit-server-sdk';

/** A participant such as an agent: joins a room and may sound a tone of its own. */
export interface Agent extends AsyncDisposable {
  readonly room: Room;
  /** Publishes a track of its own that sounds a tone until the agent leaves. */
  speak(frequency: number): Promise<void>;
}

export async function joinAgent(lab: PhoneLab, roomName: string, identity: string): Promise<Agent> {
  const token = new AccessToken(lab.apiKey, lab.apiSecret, { identity });
  token.addGrant({ roomJoin: true, room: roomName });
  const room = new Room();
  await room.connect(lab.url, await token.toJwt(), { autoSubscribe: false, dynacast: false });
  const leaving = new AbortController();
  const speaking: Promise<void>[] = [];
  return {
    room,
    speak: async (frequency) => {
      const source = new AudioSource(48_000, 1, 100);
      const track = LocalAudioTrack.createAudioTrack('voice', source);
      await room.localParticipant?.publishTrack(track, new TrackPublishOptions());
      speaking.push(sound(source, frequency, leaving.signal).then(() => closeTrack(track, source)));
    },
    [Symbol.asyncDispose]: async () => {
      leaving.abort();
      await Promise.all(speaking);
      await room.disconnect();
    },
  };
}

/** Back-pressure of the source's queue keeps the pace. */
async function sound(source: AudioSource, frequency: number, signal: AbortSignal): Promise<void> {
  for (let at = 0; !signal.aborted; at += 960) {
    const samples = Int16Array.from(
      { length: 960 },
      (_, i) => 8000 * Math.sin((2 * Math.PI * frequency * (at + i)) / 48_000),
    );
    await source.captureFrame(new AudioFrame(samples, 48_000, 1, 960));
  }
}
