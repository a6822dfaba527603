/** The fields that the dialer reads of a remote participant. */
export interface WatchableParticipant {
  readonly identity: string;
  readonly attributes: { readonly [name: string]: string };
  /** Number of LiveKit's `DisconnectReason`, once the participant has left. */
  readonly disconnectReason?: number | undefined;
}

/** A local participant that sends DTMF to the phones of a room, such as `LocalParticipant` of `@livekit/rtc-node`. Its token must permit publishing data. */
export interface DtmfPublisher {
  /** `code` is the event code of RFC 4733, `digit` the key, letters in lower case. */
  publishDtmf(code: number, digit: string): Promise<void>;
}

/** The members that the dialer uses of a joined room, such as `Room` of `@livekit/rtc-node`. */
export interface WatchableRoom {
  readonly name?: string | undefined;
  readonly isConnected: boolean;
  readonly remoteParticipants: ReadonlyMap<string, WatchableParticipant>;
  /** Needed only by `SipCall.sendDtmf()`. */
  readonly localParticipant?: DtmfPublisher | undefined;
  on(event: WatchableRoomEvent, listener: (...args: never[]) => void): unknown;
  off(event: WatchableRoomEvent, listener: (...args: never[]) => void): unknown;
}

export type WatchableRoomEvent =
  | 'participantConnected'
  | 'participantAttributesChanged'
  | 'participantDisconnected'
  | 'disconnected';
