import {
  RoomEvent,
  TrackKind,
  type AudioFrame,
  type RemoteTrack,
  type RemoteTrackPublication,
} from '@livekit/rtc-node';
import { randomUUID } from 'node:crypto';
import { AccessToken } from 'livekit-server-sdk';
import { createRoom, forgetRoom } from '../media/rtc-internals.js';
import type { ServerKey } from '../server/server-config.js';
import { EAR_SAMPLE_RATE } from './ear.js';
import type { Listening } from './listening.js';
import { readTrack } from '../media/read-track.js';
import { RecordingEar } from './recording-ear.js';

/** The participants that listen for the lab; no room shows them to others. */
const listenerPrefix = 'phone-lab-listener-';

export function isListener(identity: string): boolean {
  return identity.startsWith(listenerPrefix);
}

/** Joins a room unseen and records one participant of it. */
export class RoomListener implements Listening {
  readonly roomName: string;
  readonly identity: string;
  readonly hears: RecordingEar = new RecordingEar();
  readonly says: RecordingEar = new RecordingEar();
  readonly #room = createRoom();
  readonly #readers = new Set<ReadableStreamDefaultReader<AudioFrame>>();
  #closing: Promise<void> | undefined;

  constructor(roomName: string, identity: string) {
    this.roomName = roomName;
    this.identity = identity;
  }

  /** Resolves when it listens. Rejects when the room cannot be joined. */
  async start(server: ServerKey & { readonly url: string }): Promise<void> {
    this.#room.on(RoomEvent.TrackPublished, subscribe);
    this.#room.on(RoomEvent.TrackSubscribed, (track, publication, participant) => {
      if (track.kind === TrackKind.KIND_AUDIO) void this.#hear(track, publication, participant.identity);
    });
    const token = await this.#token(server);
    await this.#room.connect(server.url.replace(/^http/, 'ws'), token, { autoSubscribe: false, dynacast: false });
    for (const participant of this.#room.remoteParticipants.values()) {
      for (const publication of participant.trackPublications.values()) subscribe(publication);
    }
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #close(): Promise<void> {
    await Promise.all([...this.#readers].map((reader) => reader.cancel()));
    // The server may be gone already.
    await this.#room.disconnect().catch(() => undefined);
    forgetRoom(this.#room);
  }

  async #hear(track: RemoteTrack, publication: RemoteTrackPublication, publisher: string): Promise<void> {
    if (this.#closing) return;
    const ear = publisher === this.identity ? this.says : this.hears;
    const reader = readTrack(track, EAR_SAMPLE_RATE);
    if (reader === undefined) return;
    const sink = ear.record({ publisher, trackName: publication.name ?? '', trackSid: publication.sid ?? '' });
    this.#readers.add(reader);
    for (let next = await reader.read(); !next.done; next = await reader.read()) sink(next.value.data);
    this.#readers.delete(reader);
  }

  async #token(server: ServerKey): Promise<string> {
    const identity = `${listenerPrefix}${randomUUID()}`;
    const token = new AccessToken(server.apiKey, server.apiSecret, { identity, ttl: '24h' });
    token.addGrant({
      roomJoin: true,
      room: this.roomName,
      hidden: true,
      canPublish: false,
      canPublishData: false,
      canSubscribe: true,
    });
    return token.toJwt();
  }
}

function subscribe(publication: RemoteTrackPublication): void {
  if (publication.kind === TrackKind.KIND_AUDIO && !publication.subscribed) publication.setSubscribed(true);
}
