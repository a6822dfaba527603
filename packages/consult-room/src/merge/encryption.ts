import { EncryptionType, type Room } from '@livekit/rtc-node';
import { ConsultRoomError } from '../consult-room-error.js';
import { isSpeech } from '../media/follow-audio-track.js';
import type { MergeParties } from '../options/merge-options.js';
import type { MergeDirection } from './merge-result.js';

/**
 * Finds a merge of which one part is end-to-end encrypted and another is not: a bridge would publish an encrypted voice
 * in the clear, and a participant without the key would not hear the other one. Audio that is not published yet is not
 * checked.
 */
export function findMixedEncryption(parties: MergeParties): ConsultRoomError | undefined {
  const { callerRoom, callerIdentity, consultRoom, humanIdentity } = parties;
  if (isVoiceMixed(callerRoom, callerIdentity, consultRoom)) return mixedEncryption('caller-to-human');
  if (isVoiceMixed(consultRoom, humanIdentity, callerRoom)) return mixedEncryption('human-to-caller');
  return undefined;
}

/** Whether this client's connection to a room, or audio that a participant publishes in it, is end-to-end encrypted. */
export function isEncrypted(room: Room, identity: string): boolean {
  return encrypts(room) || voicesOf(room, identity).includes(true);
}

/** Whether a participant's audio, the connection to its room and the connection to the other room differ in encryption. */
export function isVoiceMixed(from: Room, identity: string, to: Room): boolean {
  return new Set([encrypts(from), encrypts(to), ...voicesOf(from, identity)]).size > 1;
}

/** Returns whether each voice that a participant publishes is encrypted. */
function voicesOf(room: Room, identity: string): readonly boolean[] {
  const published = [...(room.remoteParticipants.get(identity)?.trackPublications.values() ?? [])].filter(isSpeech);
  return published.map(({ encryptionType = EncryptionType.NONE }) => encryptionType !== EncryptionType.NONE);
}

export function mixedEncryption(direction: MergeDirection): ConsultRoomError {
  return new ConsultRoomError(
    'encrypted',
    `relay a voice (${direction}): end-to-end encryption must be on for both rooms and both participants, or off for all`,
  );
}

function encrypts(room: Room): boolean {
  return room.e2eeManager?.enabled === true;
}
