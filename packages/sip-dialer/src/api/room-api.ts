export interface ListedParticipant {
  readonly identity: string;
  readonly attributes: { readonly [name: string]: string };
}

/** What the dialer needs of the SDK's `RoomServiceClient`. */
export interface RoomApi {
  listParticipants(roomName: string): Promise<readonly ListedParticipant[]>;
  removeParticipant(roomName: string, identity: string): Promise<void>;
}
