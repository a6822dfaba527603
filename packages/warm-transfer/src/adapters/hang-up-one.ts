import { hangUpParticipants, type HangUpService, type ParticipantLocation } from '@org/consult-room';

/**
 * Hangs up on one participant, and with `keep-trying` continues in the background.
 *
 * @throws AggregateError if the participant is not confirmed gone within `limitMs`, default 5,000.
 */
export async function hangUpOne(
  rooms: HangUpService,
  location: ParticipantLocation,
  limitMs?: number,
  then?: 'give-up' | 'keep-trying',
): Promise<void> {
  const { clean, problems } = await hangUpParticipants(rooms, [location], limitMs, then);
  if (!clean) throw new AggregateError(problems, 'hanging up on a participant could not be confirmed');
}
