/** What the dialer looks at in a remote participant. */
export interface WatchableParticipant {
  readonly identity: string;
  readonly attributes: { readonly [name: string]: string };
  /** Number of LiveKit's `DisconnectReason`, once the participant has left. */
  readonly disconnectReason?: number | undefined;
}

/** A joined room, as far as the dialer looks at it; a `Room` of `@livekit/rtc-node` is one. */
export interface WatchableRoom {
  readonly name?: string | undefined;
  readonly isConnected: boolean;
  readonly remoteParticipants: ReadonlyMap<string, WatchableParticipant>;
  on(event: WatchableRoomEvent, listener: (...args: never[]) => void): unknown;
  off(event: WatchableRoomEvent, listener: (...args: never[]) => void): unknown;
}

export type WatchableRoomEvent =
  | 'participantConnected'
  | 'participantAttributesChanged'
  | 'participantDisconnected'
  | 'disconnected';
