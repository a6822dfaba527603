/** What the dialer looks at in a remote participant. */
export interface WatchableParticipant {
  readonly identity: string;
  readonly attributes: { readonly [name: string]: string };
  /** Number of LiveKit's `DisconnectReason`, once the participant has left. */
  readonly disconnectReason?: number | undefined;
}

/** What presses keys on the phones of a room; a `LocalParticipant` of `@livekit/rtc-node` is one. Its token must allow to publish data. */
export interface DtmfPublisher {
  /** `code` is the event code of RFC 4733, `digit` the key, letters in lower case. */
  publishDtmf(code: number, digit: string): Promise<void>;
}

/** A joined room, as far as the dialer looks at it; a `Room` of `@livekit/rtc-node` is one. */
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
