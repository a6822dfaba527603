/** The room and identity with which a phone joins. */
export interface LineIdentity {
  readonly roomName: string;
  readonly identity: string;
  readonly name?: string;
  readonly metadata?: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Whether packets flow also while the phone is silent or nearly so: Opus DTX would leave out noise and echo. Default false. */
  readonly sendsWithoutPause?: boolean;
}

/** A track that the phone starts to hear. */
interface LineTrack {
  readonly publisher: string;
  readonly trackName: string;
  readonly trackSid: string;
}

const refused = 'the connection was closed while the phone joined';

/** Creates the error of a participant that is removed while joining, which learns no reason. */
export function refusedJoin(): Error {
  return new Error(refused);
}

export function isRefusedJoin(error: unknown): boolean {
  return error instanceof Error && error.message === refused;
}

/** The events of a line. */
export interface PhoneLineEvents {
  /** The line hears a track; frames of {@link LINE_EAR_RATE} mono go to the function that is returned. */
  track(track: LineTrack): (pcm: Int16Array) => void;
  key(key: string, from: string | undefined): void;
  /** The line is gone without `leave()`; LiveKit's disconnect reason. */
  lost(reason: number): void;
  /** The line was interrupted and has come back by itself; the participant's sid is another one if the server had given it up. */
  back(participantSid: string): void;
}

/** The process that a line runs in, if it has one of its own. */
export interface LineProcess {
  readonly pid: number;
  send(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void;
}

/** Sample rate of what a line sends. */
export const LINE_VOICE_RATE = 48_000;

/** Sample rate of what a line hears. */
export const LINE_EAR_RATE = 16_000;

/**
 * A phone's leg in a room: the port between scripts and media.
 *
 * A line is used once. After `leave`, or after it was lost, nothing more happens on it.
 */
export interface PhoneLine {
  /** Undefined while there is none, and for lines in the process of the lab. */
  readonly process: LineProcess | undefined;
  /** Resolves with the participant's sid. */
  join(seat: LineIdentity, events: PhoneLineEvents): Promise<string>;
  /** Publishes the phone's audio; silent until `sendAudio`. */
  publish(): Promise<void>;
  /**
   * Takes the track back, as the last thing before the server throws the phone out: the media library runs a track that is
   * published at that moment, and its encoder, for the life of the process. Never rejects, and never takes long.
   */
  unpublish(): Promise<void>;
  setAttributes(attributes: Readonly<Record<string, string>>): Promise<void>;
  /** Subscribes to all audio of the room, now and later. */
  listen(): void;
  /** Sends mono samples of {@link LINE_VOICE_RATE}; resolves when there is room for more. */
  sendAudio(pcm: Int16Array): Promise<void>;
  /** Resolves when all that was sent has been played. */
  played(): Promise<void>;
  /** Drops the audio that was sent and not played yet. */
  dropAudio(): void;
  pressKey(key: string): Promise<void>;
  /** Leaves with one of LiveKit's disconnect reasons. Never rejects; may be called in every state. */
  leave(reason: number): Promise<void>;
}
