import {
  AudioFrame,
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  Room,
  RoomEvent,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node';
import type { LocalTrackPublication, RemoteTrack } from '@livekit/rtc-node';
import type { PhoneCall, PhoneLab, PhoneScript } from '@org/phone-lab';
import { AccessToken, RoomServiceClient, SipClient } from 'livekit-server-sdk';
import { ConsultRoom } from '../../src/index.ts';
import type { ConsultRoomOptions } from '../../src/index.ts';
import { muteTrack } from '../../src/merge/mute-track.ts';

/** Voices of the parties, Hz, far from each other's harmonics. */
export const voices = { caller: 440, human: 1000, music: 700 } as const;

export const humanIdentity = 'human-agent';

let counter = 0;

/** A name that no other test of this run uses. */
export function fresh(what: string): string {
  counter += 1;
  return `${what}-${process.pid}-${counter}`;
}

export function serviceOf(lab: PhoneLab): RoomServiceClient {
  return new RoomServiceClient(lab.url.replace('ws', 'http'), lab.apiKey, lab.apiSecret, { failover: false });
}

export function optionsFor(lab: PhoneLab, callerRoomName: string): ConsultRoomOptions {
  return { url: lab.url, apiKey: lab.apiKey, apiSecret: lab.apiSecret, callerRoomName };
}

/** Joins as anybody, the way an agent's job or a browser does. */
export async function joinAs(
  lab: PhoneLab,
  room: string,
  identity: string,
  as: { kind?: string; attributes?: Record<string, string> } = {},
): Promise<Room> {
  const token = new AccessToken(lab.apiKey, lab.apiSecret, {
    identity,
    ttl: 600,
    ...(as.attributes && { attributes: as.attributes }),
  });
  if (as.kind) token.kind = as.kind;
  token.addGrant({ roomJoin: true, room, canPublish: true, canSubscribe: true, canUpdateOwnMetadata: true });
  const joined = new Room();
  await joined.connect(lab.url, await token.toJwt(), { autoSubscribe: true, dynacast: false });
  return joined;
}

/** A microphone of a raw client: sounds a tone until closed, with a short loud burst on demand. */
export class Microphone implements AsyncDisposable {
  readonly #room: Room;
  readonly #source = new AudioSource(48_000, 1, 0);
  readonly #track: LocalAudioTrack;
  readonly #hz: number;
  #publication: LocalTrackPublication | undefined;
  #running: Promise<void> | undefined;
  #stopped = false;
  #burst: ((at: number) => void) | undefined;

  constructor(room: Room, hz: number, name = 'microphone') {
    this.#room = room;
    this.#hz = hz;
    this.#track = LocalAudioTrack.createAudioTrack(name, this.#source);
  }

  static async on(room: Room, hz: number, name?: string): Promise<Microphone> {
    const microphone = new Microphone(room, hz, name);
    await microphone.publish();
    microphone.start();
    return microphone;
  }

  start(): void {
    this.#running = this.#sound();
  }

  /** Publishes the track, and sends nothing. */
  async publish(): Promise<void> {
    const options = new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE });
    this.#publication = await this.#room.localParticipant?.publishTrack(this.#track, options);
  }

  /** Resolves to the moment (performance.now) at which a loud frame was handed to the media stack. */
  burst(): Promise<number> {
    return new Promise((resolve) => {
      this.#burst = resolve;
    });
  }

  /** As a browser does it. */
  mute(muted: boolean): void {
    muteTrack(this.#track, muted);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true;
    await this.#running;
    const sid = this.#publication?.sid;
    if (sid !== undefined && this.#room.isConnected) await this.#room.localParticipant?.unpublishTrack(sid);
    await this.#track.close();
  }

  async #sound(): Promise<void> {
    const startedAt = performance.now();
    for (let sent = 0; !this.#stopped; sent += 1) {
      const burst = this.#burst;
      this.#burst = undefined;
      const frame = toneFrame(this.#hz, sent * 480, burst ? 20_000 : 2_500);
      burst?.(performance.now());
      await this.#source.captureFrame(frame);
      await pause(startedAt + (sent + 1) * 10 - performance.now());
    }
  }
}

export function toneFrame(hz: number, position: number, amplitude: number): AudioFrame {
  const frame = AudioFrame.create(48_000, 1, 480);
  for (let i = 0; i < 480; i += 1) {
    frame.data[i] = amplitude * Math.sin((2 * Math.PI * hz * (position + i)) / 48_000);
  }
  return frame;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, Math.max(0, ms));
  });
}

export async function until(what: string, condition: () => boolean | Promise<boolean>, limitMs = 5_000): Promise<void> {
  const endsAt = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > endsAt) throw new Error(`not within ${limitMs} ms: ${what}`);
    await pause(10);
  }
}

/** Undefined for a track that went away before it could be read. */
function open(track: RemoteTrack): AudioStream | undefined {
  try {
    return new AudioStream(track, { sampleRate: 48_000, numChannels: 1, frameSizeMs: 10 });
  } catch {
    return undefined;
  }
}

/** Calls back with the peak of every 10 ms that a raw client hears, and the moment it heard it. */
export function listen(room: Room, publisher: string, onPeak: (peak: number, at: number) => void): void {
  const read = async (track: RemoteTrack): Promise<void> => {
    for await (const frame of open(track) ?? []) {
      onPeak(
        frame.data.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0),
        performance.now(),
      );
    }
  };
  room.on(RoomEvent.TrackSubscribed, (track, _publication, by) => {
    if (by.identity === publisher) void read(track);
  });
  for (const publication of room.remoteParticipants.get(publisher)?.trackPublications.values() ?? []) {
    if (publication.track) void read(publication.track);
  }
}

const speak: PhoneScript = async (call) => {
  await call.ring(50);
  await call.answer();
  call.tone();
};

/** A caller on the phone in a room of their own, where an agent plays music; and an open consult room. */
export interface Scene extends AsyncDisposable {
  readonly caller: PhoneCall;
  readonly callerRoom: Room;
  readonly consult: ConsultRoom;
  readonly consultRoom: Room;
  /** Dials the human agent into the consult room; resolves when they have answered. */
  dialHuman(script?: PhoneScript): Promise<PhoneCall>;
}

interface SceneOptions {
  readonly callerSpeaks?: boolean;
  /** Whether the agent's track in the caller's room plays music, or nothing. */
  readonly music?: boolean;
}

export async function setScene(lab: PhoneLab, options: SceneOptions = {}): Promise<Scene> {
  const { callerSpeaks = true, music: plays = true } = options;
  const roomName = fresh('caller-room');
  const callerRoom = await joinAs(lab, roomName, 'ai-agent', { kind: 'agent' });
  const music = new Microphone(callerRoom, voices.music, 'hold');
  await music.publish();
  if (plays) music.start();
  const caller = await lab.call({
    from: '+15550101111',
    roomName,
    identity: 'caller',
    voice: voices.caller,
    script: async (call) => {
      await call.connected();
      if (callerSpeaks) call.tone();
    },
  });
  await until('the caller is connected', () => caller.status.some(({ status }) => status === 'active'));
  const consult = await ConsultRoom.create(optionsFor(lab, roomName));
  const consultRoom = await consult.join();
  return {
    caller,
    callerRoom,
    consult,
    consultRoom,
    dialHuman: async (script) => {
      // Calls at once must not share a phone.
      counter += 1;
      const humanNumber = `+1555010${2000 + counter}`;
      const phone = lab.phone(humanNumber, script ?? speak, { voice: voices.human });
      const sip = new SipClient(lab.url.replace('ws', 'http'), lab.apiKey, lab.apiSecret, { failover: false });
      await sip.createSipParticipant(lab.trunkId, humanNumber, consult.name, {
        participantIdentity: humanIdentity,
        waitUntilAnswered: true,
        ringingTimeout: 20,
      });
      return phone.nextCall();
    },
    [Symbol.asyncDispose]: async () => {
      const report = await consult.close();
      if (!report.clean) throw new AggregateError(report.problems, 'the consult room did not close');
      await music[Symbol.asyncDispose]();
      if (!caller.ended) await caller.hangUp();
      await callerRoom.disconnect();
    },
  };
}

/** Waits until both hear each other, from now on. */
export async function untilTalking(
  caller: PhoneCall,
  human: PhoneCall,
  humanVoice: number = voices.human,
): Promise<void> {
  const forMs = 200;
  await Promise.all([caller.waitToHear(humanVoice, { forMs }), human.waitToHear(voices.caller, { forMs })]);
}
