import { hangUpParticipants, type HangUpService, type ParticipantLocation } from '@org/consult-room';

/**
 * Hangs up on one, and with `keep-trying` goes on in the background.
 *
 * @throws AggregateError if they are not gone for certain within `limitMs`, default 5,000.
 */
export async function hangUpOne(
  rooms: HangUpService,
  location: ParticipantLocation,
  limitMs?: number,
  then?: 'give-up' | 'keep-trying',
): Promise<void> {
  const { clean, problems } = await hangUpParticipants(rooms, [location], limitMs, then);
  if (!clean) throw new AggregateError(problems, 'a participant could not be hung up on for certain');
}
