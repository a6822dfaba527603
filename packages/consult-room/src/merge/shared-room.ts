import { RoomEvent } from '@livekit/rtc-node';
import type { DisconnectReason, RemoteTrack, Room } from '@livekit/rtc-node';
import { deferred } from '../support/deferred.js';
import { watchDeparture } from '../room/watch-departure.js';
import { followAudioTrack } from './follow-audio-track.js';
import type { MergeEnd, Side } from './merge.js';
import type { Flow } from './prove-flow.js';

export interface SharedRoomOptions {
  readonly room: Room;
  readonly callerIdentity: string;
  readonly humanIdentity: string;
}

/** Both people in the caller's room, who hear each other without our help; we watch. */
export class SharedRoom {
  readonly room: Room;
  readonly identities: Readonly<Record<Side, string>>;
  /** For the proof that both of them send. */
  readonly flows: readonly Flow[];
  readonly #ended = deferred<MergeEnd>();
  readonly #stops: (() => void)[];

  constructor({ room, callerIdentity, humanIdentity }: SharedRoomOptions) {
    this.room = room;
    this.identities = { caller: callerIdentity, human: humanIdentity };
    const onLost = (reason: DisconnectReason): void => this.#ended.resolve({ cause: 'caller-room-lost', reason });
    room.on(RoomEvent.Disconnected, onLost);
    const voices = [
      new HeardVoice(room, 'caller', callerIdentity, humanIdentity),
      new HeardVoice(room, 'human', humanIdentity, callerIdentity),
    ];
    this.flows = voices;
    this.#stops = [
      () => room.off(RoomEvent.Disconnected, onLost),
      watchDeparture(room, callerIdentity, (left) => this.#ended.resolve({ cause: 'caller-left', left })),
      watchDeparture(room, humanIdentity, (left) => this.#ended.resolve({ cause: 'human-left', left })),
      ...voices.map((voice) => voice.follow()),
    ];
  }

  get ended(): Promise<MergeEnd> {
    return this.#ended.promise;
  }

  /** Stops watching. Nobody is parted, and `ended` stays pending. */
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
