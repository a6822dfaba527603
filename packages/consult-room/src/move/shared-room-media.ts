import { TrackKind } from '@livekit/rtc-node';
import type { ParticipantService } from '../api/participant-service.js';
import { toConsultRoomError } from '../api/to-consult-room-error.js';
import type { CallMedia, CallStatistics, DirectionStatistics, VoiceFrame } from '../call/call-media.js';
import { DirectionReader } from '../call/direction-reader.js';
import { ConsultRoomError } from '../consult-room-error.js';
import { followAudioTrack } from '../media/follow-audio-track.js';
import { type FramePump, pumpFrames } from '../media/frame-pump.js';
import type { MergeSide } from '../merge/merge-result.js';
import type { AudioFlow } from '../merge/verify-audio-flow.js';
import type { SharedRoom } from './shared-room.js';

const none = { forwardedFrames: 0, failedFrames: 0, droppedFrames: 0 };

/** The media of a call in one room, the caller room, after a move or a promotion. */
export class SharedRoomMedia implements CallMedia {
  readonly by: 'move' | 'rejoin';
  readonly locations: CallMedia['locations'];
  readonly #participants: ParticipantService;
  readonly #readers: readonly { readonly direction: AudioFlow['direction']; readonly reader: DirectionReader }[];

  constructor(by: 'move' | 'rejoin', shared: SharedRoom, participants: ParticipantService) {
    const { room, identities, flows } = shared;
    this.by = by;
    this.#participants = participants;
    this.locations = { caller: { room, identity: identities.caller }, human: { room, identity: identities.human } };
    this.#readers = flows.map((flow) => ({
      direction: flow.direction,
      reader: new DirectionReader(flow, () => none),
    }));
  }

  /**
   * Asks the server to unsubscribe the other side from this side's tracks, or to subscribe it again: the microphones
   * stay as they are.
   */
  async mute(side: MergeSide, muted: boolean): Promise<void> {
    const { room, identity } = this.locations[side];
    const listener = this.locations[side === 'caller' ? 'human' : 'caller'].identity;
    const publications = [...(room.remoteParticipants.get(identity)?.trackPublications.values() ?? [])];
    const sids = publications.flatMap(({ kind, sid }) => (kind === TrackKind.KIND_AUDIO && sid ? [sid] : []));
    try {
      await this.#participants.updateSubscriptions(room.name ?? '', listener, sids, !muted);
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

  addSpeaker(): Promise<void> {
    return Promise.reject(new ConsultRoomError('not-implemented', 'add a speaker: only a bridge relays speakers'));
  }

  removeSpeaker(): Promise<void> {
    return Promise.resolve();
  }

  #listenTo(side: MergeSide, listener: (voice: VoiceFrame) => void): () => void {
    const { room, identity } = this.locations[side];
    let pump: FramePump | undefined;
    return followAudioTrack(room, identity, (track) => {
      // The stream ends with its reader, which is not awaited.
      void pump?.stop();
      pump = track && pumpFrames(track, (frame) => listener({ side, identity, frame }));
    });
  }

  async #read(direction: AudioFlow['direction']): Promise<DirectionStatistics> {
    const found = this.#readers.find((one) => one.direction === direction);
    if (!found) throw new ConsultRoomError('closed', 'statistics: the call has ended');
    return found.reader.read();
  }
}
