import { ParticipantKind } from '@livekit/rtc-node';
import { hangUpOrWarn } from '../call/hang-up.js';
import { toConsultRoomError } from '../errors/to-consult-room-error.js';
import { sleep } from '../support/sleep.js';
import { untilAborted } from '../support/until-aborted.js';
import { isHiddenIdentity } from './hidden-identity.js';
import { NewLeg } from './new-leg.js';
import { OneTimeNumber } from './one-time-number.js';
import type { PromoteContext } from './promote-context.js';
import { failPromotion } from './promotion.js';
import type { Promotion, PromotionFailure } from './promotion.js';
import { Rejoin } from './rejoin.js';
import { StrayLegs } from './stray-legs.js';

/** A call that came just before its number was deleted is in the room by then. In milliseconds. */
const lateLegMs = 300;

/**
 * Brings the phone of a bridged human agent into the caller's room: it is told to call a number that exists for this
 * call only. As soon as the new line is heard the bridge is silent; if it does not come to that, or the new line goes
 * again, the bridge is as it was. The number is gone in every outcome. Never rejects.
 */
export async function promoteToRejoin(context: PromoteContext): Promise<Promotion> {
  const { consultRoom, humanIdentity, callerRoom, callerIdentity, sip, people, rejoin, over, onWarning } = context;
  const room = callerRoom.name ?? '';
  const startedAt = performance.now();
  const human = consultRoom.remoteParticipants.get(humanIdentity);
  if (human?.kind !== ParticipantKind.SIP) return failPromotion('not-a-phone');
  if (isHiddenIdentity(callerIdentity)) return failPromotion('identity-conflict');
  const phoneNumber = rejoin.hidePhoneNumber ? undefined : human.attributes['sip.phoneNumber'];
  const attributes = phoneNumber === undefined ? {} : { 'sip.phoneNumber': phoneNumber };
  let number: OneTimeNumber;
  try {
    number = await OneTimeNumber.make(sip, { roomName: room, attributes, ...rejoin });
  } catch (error) {
    return { promoted: false, reason: 'server', error: toConsultRoomError(error, 'make a one-time number') };
  }
  const leg = new NewLeg(callerRoom, number.ruleId);
  let failure: PromotionFailure | undefined;
  const strays = new StrayLegs({
    room: callerRoom,
    ruleId: number.ruleId,
    wanted: () => (failure ? undefined : leg.identity),
    remove: (identity) => hangUpOrWarn(people, { room, identity }, onWarning),
  });
  try {
    const made = over.aborted ? failPromotion('ended') : await new Rejoin(context, leg, number.number).run();
    // Whoever comes in when the caller has just left would be alone there.
    const result = over.aborted ? failPromotion('ended') : made;
    if (typeof result !== 'string') {
      failure = result;
      strays.look();
      await number.remove();
      if (result.reason !== 'refused') await sleep(lateLegMs);
      await strays.close();
      return result;
    }
    // A second line can come as long as the call goes on: one that was on its way when the number was deleted.
    void untilAborted(over, 'over').then(() => strays.close());
    return { promoted: true, humanIdentity: result, tookMs: performance.now() - startedAt };
  } finally {
    leg.close();
    for (const problem of await number.remove()) onWarning(problem);
  }
}
