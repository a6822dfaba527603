import {
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  type RemoteTrack,
  Room,
  RoomEvent,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import { AccessToken } from 'livekit-server-sdk';
import { toneFrames } from '../../src/testing.ts';
import { tonePower } from '../../src/testing/goertzel.ts';

export interface ServerAccess {
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
}

const SAMPLE_RATE = 48_000;

export async function joinRoom(
  server: ServerAccess,
  roomName: string,
  identity: string,
  attributes: Readonly<Record<string, string>> = {},
): Promise<Room> {
  const token = new AccessToken(server.apiKey, server.apiSecret, { identity, attributes });
  token.addGrant({ roomJoin: true, room: roomName });
  const room = new Room();
  await room.connect(server.url, await token.toJwt(), { autoSubscribe: true, dynacast: false });
  return room;
}

/** A person with a headset in a LiveKit room: says tone words, presses keys, listens for one frequency. */
export class Person {
  /** The times at which the frequency was heard, every 20 ms, in milliseconds since the epoch. */
  readonly heardAt: number[] = [];
  readonly room: Room;
  readonly #source = new AudioSource(SAMPLE_RATE, 1);
  readonly #frequency: number;
  #listening: Promise<void>[] = [];

  private constructor(room: Room, frequency: number) {
    this.room = room;
    this.#frequency = frequency;
    room.on(RoomEvent.TrackSubscribed, (track) => this.#listening.push(this.#listen(track)));
  }

  static async join(server: ServerAccess, roomName: string, identity: string, hears: number): Promise<Person> {
    const room = await joinRoom(server, roomName, identity);
    const person = new Person(room, hears);
    const track = LocalAudioTrack.createAudioTrack('headset', person.#source);
    await room.localParticipant?.publishTrack(
      track,
      new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE }),
    );
    return person;
  }

  async say(frequency: number, lengthMs = 300): Promise<void> {
    const word = toneFrames({ frequency, lengthMs, sampleRate: SAMPLE_RATE });
    const silence = toneFrames({ frequency, lengthMs: 300, sampleRate: SAMPLE_RATE, amplitude: 0 });
    for (const frame of [...word, ...silence]) await this.#source.captureFrame(frame);
    await this.#source.waitForPlayout();
  }

  async press(key: string): Promise<void> {
    await this.room.localParticipant?.publishDtmf(Number(key), key);
  }

  async leave(): Promise<void> {
    await this.room.disconnect();
    await this.#source.close();
    await Promise.all(this.#listening);
  }

  async #listen(track: RemoteTrack): Promise<void> {
    for await (const frame of new AudioStream(track, { sampleRate: 16_000, numChannels: 1 })) {
      if (tonePower(frame.data, 16_000, this.#frequency) > 0.001) this.heardAt.push(Date.now());
    }
  }
}
