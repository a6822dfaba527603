import type { RemoteTrack, Room } from '@livekit/rtc-node';
import { followAudioTrack } from '../media/follow-audio-track.js';
import type { Side } from '../merge/merge-result.js';
import type { Flow } from '../merge/verify-audio-flow.js';

export interface SharedRoomOptions {
  readonly room: Room;
  readonly callerIdentity: string;
  readonly humanIdentity: string;
}

/** Caller and human agent in the caller's room, who hear each other without this process; it listens. */
export class SharedRoom {
  readonly room: Room;
  readonly identities: Readonly<Record<Side, string>>;
  /** For the proof that both of them send. */
  readonly flows: readonly Flow[];
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

  /** Stops listening. The two continue. */
  close(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }
}

class HeardVoice implements Flow {
  readonly direction: Flow['direction'];
  readonly from: Room;
  readonly identity: string;
  readonly listener: Flow['listener'];
  track: RemoteTrack | undefined;

  constructor(room: Room, side: Side, identity: string, listenerIdentity: string) {
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
