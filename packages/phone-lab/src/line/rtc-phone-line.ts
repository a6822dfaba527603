import { setTimeout as delay } from 'node:timers/promises';
import {
  AudioFrame,
  AudioSource,
  LocalAudioTrack,
  RoomEvent,
  TrackKind,
  TrackPublishOptions,
  TrackSource,
  type LocalTrackPublication,
  type RemoteTrack,
  type RemoteTrackPublication,
} from '@livekit/rtc-node';
import { deferred } from '../deferred.js';
import { readTrack } from '../media/read-track.js';
import { keepPrivate } from '../media/private-audio.js';
import { PhoneLabError } from '../phone-lab-error.js';
import { keyToCode } from '../media/dtmf-keys.js';
import type { LineAccess } from './line-access.js';
import { setAttributes } from '../media/set-attributes.js';
import { untilMediaFlows } from '../media/until-media-flows.js';
import {
  LINE_EAR_RATE,
  LINE_VOICE_RATE,
  refusedJoin,
  type PhoneLine,
  type PhoneLineEvents,
  type LineIdentity,
} from './phone-line.js';
import { createRoom, disconnectWithReason, forgetRoom, noticeDisconnect } from '../media/rtc-internals.js';

/** LiveKit's reason of a participant that leaves by itself. */
const CLIENT_INITIATED = 1;

/** How much sent audio may wait; short, so that `quiet()` and a hang-up are heard immediately. */
const queueMs = 200;

/** How long a track may take to be taken back; usually a millisecond. */
const unpublishLimitMs = 200;

/** How long a disconnect may take before the line counts as gone. */
const leaveLimitMs = 2000;

/** A phone's leg as a participant of kind SIP, in this process. */
export class RtcPhoneLine implements PhoneLine {
  readonly process: undefined = undefined;
  readonly #accessFor: LineAccess;
  readonly #room = createRoom();
  readonly #gone = deferred<void>();
  readonly #readers = new Set<ReadableStreamDefaultReader<AudioFrame>>();
  readonly #refused = deferred<never>();
  #events: PhoneLineEvents | undefined;
  #source: AudioSource | undefined;
  #track: LocalAudioTrack | undefined;
  #publication: LocalTrackPublication | undefined;
  #sending: Promise<void> = Promise.resolve();
  #listening = false;
  #dtx = true;
  #leaveReason: number | undefined;
  #stopWatch: () => void = () => undefined;
  #state: 'new' | 'joining' | 'joined' | 'gone' = 'new';

  constructor(accessFor: LineAccess) {
    this.#accessFor = accessFor;
  }

  async join(seat: LineIdentity, events: PhoneLineEvents): Promise<string> {
    this.#state = 'joining';
    this.#dtx = seat.sendsWithoutPause !== true;
    this.#events = events;
    const room = this.#room;
    room.on(RoomEvent.TrackPublished, (publication) => this.#subscribe(publication));
    room.on(RoomEvent.TrackSubscribed, (track, publication, participant) => {
      if (track.kind === TrackKind.KIND_AUDIO) void this.#readTrack(track, publication, participant.identity);
    });
    room.on(RoomEvent.DtmfReceived, (_code, key, participant) => {
      events.key(key, participant?.identity);
    });
    room.on(RoomEvent.Reconnected, () => {
      if (this.#listening) this.listen();
      events.back(room.localParticipant?.sid ?? '');
    });
    room.on(RoomEvent.Disconnected, (reason) => {
      void this.#onDisconnected(reason, events);
    });
    const connected = this.#connect(seat);
    connected.catch(() => undefined);
    try {
      await Promise.race([connected, this.#gone.promise, this.#refused.promise]);
      if (this.#leaveReason !== undefined)
        throw new PhoneLabError('call-ended', 'the line was given up while it joined');
    } catch (error) {
      this.#state = 'gone';
      this.#gone.resolve();
      throw error;
    }
    this.#state = 'joined';
    this.#stopWatch = noticeDisconnect(room);
    return room.localParticipant?.sid ?? '';
  }

  async publish(): Promise<void> {
    if (this.#state !== 'joined' || !this.#room.localParticipant) return;
    const source = new AudioSource(LINE_VOICE_RATE, 1, queueMs);
    const track = LocalAudioTrack.createAudioTrack(this.#room.localParticipant.identity, source);
    [this.#source, this.#track] = [source, track];
    this.#publication = await this.#room.localParticipant.publishTrack(
      track,
      new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE, red: false, dtx: this.#dtx }),
    );
    await untilMediaFlows(this.#room, () => this.#state === 'joined');
  }

  async unpublish(): Promise<void> {
    const sid = this.#publication?.sid;
    if (this.#state !== 'joined' || sid === undefined) return;
    const unpublished = this.#room.localParticipant?.unpublishTrack(sid);
    // A line that is lost meanwhile ends by itself.
    await Promise.race([unpublished?.catch(() => undefined), delay(unpublishLimitMs, undefined, { ref: false })]);
  }

  async setAttributes(attributes: Readonly<Record<string, string>>): Promise<void> {
    const participant = this.#room.localParticipant;
    if (this.#state !== 'joined' || !participant) return;
    await setAttributes(this.#room, participant, attributes);
  }

  listen(): void {
    this.#listening = true;
    for (const participant of this.#room.remoteParticipants.values()) {
      for (const publication of participant.trackPublications.values()) this.#subscribe(publication);
    }
  }

  async sendAudio(pcm: Int16Array): Promise<void> {
    const source = this.#source;
    if (!source || this.#state !== 'joined') return;
    // rtc-node takes samples from the beginning of their buffer, where those from another process have a message's head.
    const frame = new AudioFrame(pcm.slice(), LINE_VOICE_RATE, 1, pcm.length);
    this.#sending = keepPrivate(() => source.captureFrame(frame));
    await this.#sending;
  }

  async played(): Promise<void> {
    if (this.#state === 'joined') await this.#source?.waitForPlayout();
  }

  dropAudio(): void {
    if (this.#state === 'joined') this.#source?.clearQueue();
  }

  async pressKey(key: string): Promise<void> {
    if (this.#state === 'joined') await this.#room.localParticipant?.publishDtmf(keyToCode(key), key);
  }

  async leave(reason: number): Promise<void> {
    if (this.#state === 'new' || this.#state === 'gone') return;
    if (this.#leaveReason === undefined) {
      this.#leaveReason = reason;
      if (this.#state === 'joined') void this.#disconnect(reason);
      // A join cannot be stopped; it is forgotten, and undone should it still succeed.
      else this.#gone.resolve();
    }
    const limit = setTimeout(() => void this.#release(), leaveLimitMs);
    await this.#gone.promise.finally(() => clearTimeout(limit));
  }

  async #connect(seat: LineIdentity): Promise<void> {
    const room = this.#room;
    // A line that was removed while it joined must not rejoin.
    const options = { autoSubscribe: false, dynacast: false, joinRetries: 0 };
    // If removed while it joins, the media library closes the connection and waits 15 s for media.
    const { url, token } = await this.#accessFor(seat, () => this.#refused.reject(refusedJoin()));
    await room.connect(url, token, options);
    if (this.#leaveReason === undefined && this.#state === 'joining') return;
    await disconnectWithReason(room, this.#leaveReason ?? CLIENT_INITIATED);
    forgetRoom(room);
  }

  #subscribe(publication: RemoteTrackPublication): void {
    if (this.#listening && publication.kind === TrackKind.KIND_AUDIO && !publication.subscribed) {
      publication.setSubscribed(true);
    }
  }

  async #readTrack(track: RemoteTrack, publication: RemoteTrackPublication, publisher: string): Promise<void> {
    if (this.#state !== 'joined' || !this.#events) return;
    const reader = readTrack(track, LINE_EAR_RATE);
    if (reader === undefined) return;
    const sink = this.#events.track({ publisher, trackName: publication.name ?? '', trackSid: publication.sid ?? '' });
    this.#readers.add(reader);
    for (let next = await reader.read(); !next.done; next = await reader.read()) sink(next.value.data);
    this.#readers.delete(reader);
  }

  async #disconnect(reason: number): Promise<void> {
    await disconnectWithReason(this.#room, reason);
    await this.#release();
  }

  async #onDisconnected(reason: number, events: PhoneLineEvents): Promise<void> {
    // A join that failed is undone when it succeeds after all: the line tells its reason, not this one.
    if (this.#state === 'gone') return;
    await this.#release();
    if (this.#leaveReason === undefined) events.lost(reason);
  }

  async #release(): Promise<void> {
    if (this.#state === 'gone') return;
    this.#state = 'gone';
    this.#stopWatch();
    forgetRoom(this.#room);
    await Promise.all([...this.#readers].map((reader) => reader.cancel()));
    // A source must not be closed under a capture that is in flight, nor with audio in it: that corrupts the process's memory.
    await Promise.race([this.#sending.catch(() => undefined), delay(500, undefined, { ref: false })]);
    this.#source?.clearQueue();
    await this.#track?.close();
    this.#gone.resolve();
  }
}
