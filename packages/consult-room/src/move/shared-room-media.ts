import { TrackKind } from '@livekit/rtc-node';
import { ConsultRoomError } from '../consult-room-error.js';
import { toConsultRoomError } from '../api/to-consult-room-error.js';
import { followAudioTrack } from '../media/follow-audio-track.js';
import { pumpFrames } from '../media/frame-pump.js';
import type { FramePump } from '../media/frame-pump.js';
import type { Side } from '../merge/merge-result.js';
import type { Flow } from '../merge/verify-audio-flow.js';
import type { SharedRoom } from './shared-room.js';
import type { PeopleService } from '../api/participant-service.js';
import { DirectionReader } from '../call/direction-reader.js';
import type { CallStatistics, DirectionStatistics, Talk, VoiceFrame } from '../call/call-media.js';

const none = { forwardedFrames: 0, failedFrames: 0, droppedFrames: 0 };

/** Both are in the caller's room. */
export class SharedTalk implements Talk {
  readonly by: 'move' | 'rejoin';
  readonly seats: Talk['seats'];
  readonly #people: PeopleService;
  readonly #readers: readonly { readonly direction: Flow['direction']; readonly reader: DirectionReader }[];

  constructor(by: 'move' | 'rejoin', shared: SharedRoom, people: PeopleService) {
    const { room, identities, flows } = shared;
    this.by = by;
    this.#people = people;
    this.seats = { caller: { room, identity: identities.caller }, human: { room, identity: identities.human } };
    this.#readers = flows.map((flow) => ({
      direction: flow.direction,
      reader: new DirectionReader(flow, () => none),
    }));
  }

  /** The server stops or resumes handing this side's tracks to the other: nobody's microphone is touched. */
  async mute(side: Side, muted: boolean): Promise<void> {
    const { room, identity } = this.seats[side];
    const listener = this.seats[side === 'caller' ? 'human' : 'caller'].identity;
    const publications = [...(room.remoteParticipants.get(identity)?.trackPublications.values() ?? [])];
    const sids = publications.flatMap(({ kind, sid }) => (kind === TrackKind.KIND_AUDIO && sid ? [sid] : []));
    try {
      await this.#people.updateSubscriptions(room.name ?? '', listener, sids, !muted);
    } catch (error) {
      throw toConsultRoomError(error, `${muted ? 'mute' : 'unmute'} the ${side}`);
    }
  }

  listen(listener: (voice: VoiceFrame) => void): () => void {
    const stops = (['caller', 'human'] as const).map((side) => this.#listenTo(side, listener));
    return () => {
      for (const stop of stops) stop();
    };
  }

  async statistics(): Promise<CallStatistics> {
    return {
      callerToHuman: await this.#read('caller-to-human'),
      humanToCaller: await this.#read('human-to-caller'),
    };
  }

  add(): Promise<void> {
    return Promise.reject(new ConsultRoomError('not-implemented', 'add a person: only a bridge relays people'));
  }

  remove(): Promise<void> {
    return Promise.resolve();
  }

  #listenTo(side: Side, listener: (voice: VoiceFrame) => void): () => void {
    const { room, identity } = this.seats[side];
    let pump: FramePump | undefined;
    return followAudioTrack(room, identity, (track) => {
      // The stream ends with its reader; nobody waits for that.
      void pump?.stop();
      pump = track && pumpFrames(track, (frame) => listener({ side, identity, frame }));
    });
  }

  async #read(direction: Flow['direction']): Promise<DirectionStatistics> {
    const found = this.#readers.find((one) => one.direction === direction);
    if (!found) throw new ConsultRoomError('closed', 'statistics: the call is over');
    return found.reader.read();
  }
}
