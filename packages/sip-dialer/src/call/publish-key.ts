import { within } from '@org/support';
import { createRedactor } from '../api/redactor.js';
import type { DtmfPublisher, WatchableRoom } from '../api/watchable-room.js';
import type { Clock } from '../clock.js';
import type { LegPlace } from '../leg/leg-observer.js';
import { SipDialerError } from '../sip-dialer-error.js';

/** For one key to leave this client, in milliseconds. */
const publishTimeoutMs = 5_000;

/** Event codes of RFC 4733 section 3.2. */
const eventCodes = '0123456789*#abcd';

/**
 * Sends one key into the room of the call.
 *
 * @throws SipDialerError `keys-unsent` when the room is lost, is another one, holds a second phone, or does not send the key
 */
export async function publishKey(
  room: WatchableRoom | void,
  key: string,
  clock: Clock,
  place: LegPlace,
): Promise<void> {
  const sending = findPublisher(room, place)
    .publishDtmf(eventCodes.indexOf(key), key)
    .then(() => true);
  try {
    if (await within(publishTimeoutMs, sending, () => false, { clock })) return;
  } catch (thrown) {
    const redact = createRedactor([place.identity, place.roomName]);
    const message = redact(thrown instanceof Error ? thrown.message : String(thrown));
    throw new SipDialerError('keys-unsent', `a key could not be sent: ${message}`);
  }
  throw new SipDialerError('keys-unsent', `a key could not be sent within ${publishTimeoutMs} ms`);
}

/** Checked before each key: between two keys, the room may be lost or a second phone may join it. */
function findPublisher(room: WatchableRoom | void, { roomName, identity }: LegPlace): DtmfPublisher {
  const sender = room?.localParticipant;
  if (room === undefined || sender === undefined || !room.isConnected) {
    throw new SipDialerError('keys-unsent', 'the room given as watch is not joined (any more)', { option: 'watch' });
  }
  if (room.name !== undefined && room.name !== roomName) {
    throw new SipDialerError('keys-unsent', "the room given as watch is not the phone's room", { option: 'watch' });
  }
  for (const other of room.remoteParticipants.values()) {
    if (other.identity === identity || other.attributes['sip.callID'] === undefined) continue;
    throw new SipDialerError('keys-unsent', 'there is another phone in the room, which would get the keys too');
  }
  return sender;
}
