import type { Signaling } from '../front/signaling.js';
import type { PhoneLine } from './phone-line.js';

/** What phones hang on. */
export interface PhoneNetwork {
  /** The phones' signaling. */
  readonly signaling: Signaling;
  newLine(ownProcess: boolean): PhoneLine;
  /** Sids of the participants of a room. */
  participantSids(roomName: string): Promise<readonly string[]>;
  removeParticipant(roomName: string, identity: string): Promise<void>;
  deleteRoom(roomName: string): Promise<void>;
}
