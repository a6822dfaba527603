/** A participant of the participant list. */
export interface RoomApiParticipant {
  readonly identity: string;
  readonly attributes: { readonly [name: string]: string };
  /** The SDK's `ParticipantInfo_State`: 0 joining, 1 joined, 2 active (media connected). Default 2. */
  readonly state?: number;
}

/** The methods that the dialer uses of the SDK's `RoomServiceClient`. */
export interface RoomApi {
  listParticipants(roomName: string): Promise<readonly RoomApiParticipant[]>;
  removeParticipant(roomName: string, identity: string): Promise<void>;
}
