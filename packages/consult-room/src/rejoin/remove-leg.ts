import type { Room } from '@livekit/rtc-node';
import { hangUpPeople } from '../call/hang-up.js';
import type { PromoteContext } from './promote-context.js';

/** Limit of removing a line, retries included, in milliseconds. */
const removeLimitMs = 5_000;

/** Removes a line that must not stay; its phone hangs up. Never rejects. */
export async function removeLeg(
  { people, onWarning }: Pick<PromoteContext, 'people' | 'onWarning'>,
  room: Room,
  identity: string,
): Promise<void> {
  const { problems } = await hangUpPeople(people, [{ room: room.name ?? '', identity }], removeLimitMs);
  for (const problem of problems) onWarning(problem);
}
