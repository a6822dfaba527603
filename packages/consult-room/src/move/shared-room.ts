import type { RemoteTrack, Room } from '@livekit/rtc-node';
import { followAudioTrack } from '../media/follow-audio-track.js';
import type { MergeSide } from '../merge/merge-result.js';
import type { AudioFlow } from '../merge/verify-audio-flow.js';

export interface SharedRoomOptions {
  readonly room: Room;
  readonly callerIdentity: string;
  readonly humanIdentity: string;
}

/** Caller and human agent in the caller room, where they hear each other without this process, which only listens. */
export class SharedRoom {
  readonly room: Room;
  readonly identities: Readonly<Record<MergeSide, string>>;
  /** The flows of both voices, to verify that audio arrives. */
  readonly flows: readonly AudioFlow[];
  readonly #stops: (() => void)[];

  constructor({ room, callerIdentity, humanIdentity }: SharedRoomOptions) {
    this.room = room;
    this.identities = { caller: callerIdentity, human: humanIdentity };
    const voices = [
      new HeardVoice(room, 'caller', callerIdentity, humanIdentity),
      new HeardVoice(room, 'human', humanIdentity, callerIdentity),
    ];
    this.flows = voices;
    this.#stops = voices.map((voice) => voice.follow());
  }

  /** Stops listening. The call of caller and human agent continues. */
  close(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }
}

class HeardVoice implements AudioFlow {
  readonly direction: AudioFlow['direction'];
  readonly from: Room;
  readonly identity: string;
  readonly listener: AudioFlow['listener'];
  track: RemoteTrack | undefined;

  constructor(room: Room, side: MergeSide, identity: string, listenerIdentity: string) {
    this.direction = side === 'caller' ? 'caller-to-human' : 'human-to-caller';
    this.from = room;
    this.identity = identity;
    this.listener = { room, identity: listenerIdentity };
  }

  follow(): () => void {
    return followAudioTrack(this.from, this.identity, (track) => {
      this.track = track;
    });
  }
}
