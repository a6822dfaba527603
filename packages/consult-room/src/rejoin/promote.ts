import { ParticipantKind } from '@livekit/rtc-node';
import type { Room } from '@livekit/rtc-node';
import type { ConsultRoomError } from '../errors/consult-room-error.js';
import { httpStatusOf, toConsultRoomError } from '../errors/to-consult-room-error.js';
import type { RelayPair } from '../merge/relay-pair.js';
import type { PeopleService } from '../move/people-service.js';
import { sleep } from '../support/sleep.js';
import { NewLeg } from './new-leg.js';
import { OneTimeNumber } from './one-time-number.js';
import type { Promotion, PromotionFailure } from './promotion.js';
import { refer } from './refer.js';
import type { ReferAnswer } from './refer.js';
import { numberAt } from './rejoin-options.js';
import type { ResolvedRejoinOptions } from './rejoin-options.js';
import type { SipService } from './sip-service.js';

export interface PromoteContext {
  readonly callerRoom: Room;
  readonly consultRoom: Room;
  readonly humanIdentity: string;
  readonly relays: RelayPair;
  readonly rejoin: ResolvedRejoinOptions;
  readonly sip: SipService;
  readonly people: PeopleService;
  /** Resolves when the old line leaves the consult room. */
  readonly oldLegGone: Promise<unknown>;
  /** The call ended by something else, or is parted. */
  readonly over: AbortSignal;
  /** Of who asked for the promotion. */
  readonly signal: AbortSignal | undefined;
  readonly onWarning: (error: ConsultRoomError) => void;
}

/** How long the new line may take to be heard once the old one is over, in milliseconds. */
const audibleLimitMs = 3_000;

/** How long the old line may take to end once the new one is heard, in milliseconds. */
const oldLegLimitMs = 2_000;

/**
 * An active new line that is not heard within this time leaves the floor to the old one again, in milliseconds. What
 * was relayed before is still on its way to the caller for about as long.
 */
const silentLimitMs = 120;

/** A call that came just before its number was deleted is in the room by then. In milliseconds. */
const lateLegMs = 300;

/** The end of a line is seen by then, if that is why the transfer ended. In milliseconds. */
const hungUpLimitMs = 500;

/** The server ends a transfer by itself; this much later it is given up. In milliseconds. */
const marginMs = 3_000;

/**
 * Brings the phone of a bridged human agent into the caller's room: it is told to call a number that exists for this
 * call only. As soon as the new line is heard the bridge is silent; if it does not come to that, or the new line goes
 * again, the bridge is as it was. The number is gone in every outcome. Never rejects.
 */
export async function promoteToRejoin(context: PromoteContext): Promise<Promotion> {
  const { consultRoom, humanIdentity, callerRoom, sip, rejoin, over, onWarning } = context;
  const startedAt = performance.now();
  if (consultRoom.remoteParticipants.get(humanIdentity)?.kind !== ParticipantKind.SIP) return fail('not-a-phone');
  let number: OneTimeNumber;
  try {
    number = await OneTimeNumber.make(sip, { roomName: callerRoom.name ?? '', ...rejoin });
  } catch (error) {
    return { promoted: false, reason: 'server', error: toConsultRoomError(error, 'make a one-time number') };
  }
  const leg = new NewLeg(callerRoom, number.ruleId);
  try {
    const made = over.aborted ? fail('ended') : await new Rejoin(context, leg, number.number).run();
    // Whoever comes in when the caller has just left would be alone there.
    const result = over.aborted ? fail('ended') : made;
    if (typeof result !== 'string') {
      await number.remove();
      await dismiss(context, leg, result.reason);
      return result;
    }
    return { promoted: true, humanIdentity: result, tookMs: performance.now() - startedAt };
  } finally {
    leg.close();
    for (const problem of await number.remove()) onWarning(problem);
  }
}

function fail(reason: PromotionFailure['reason']): PromotionFailure {
  return { promoted: false, reason };
}

/** A new line that must not stay is removed; its phone hangs up. */
async function dismiss(
  { people, callerRoom, onWarning }: PromoteContext,
  leg: NewLeg,
  reason: PromotionFailure['reason'],
): Promise<void> {
  if (reason !== 'refused') await sleep(lateLegMs);
  if (leg.identity === undefined) return;
  try {
    await people.removeParticipant(callerRoom.name ?? '', leg.identity);
  } catch (error) {
    if (httpStatusOf(error) !== 404) onWarning(toConsultRoomError(error, 'remove the new line'));
  }
}

class Rejoin {
  readonly #context: PromoteContext;
  readonly #leg: NewLeg;
  readonly #answer: Promise<ReferAnswer>;
  readonly #over: Promise<'over'>;
  readonly #limit = new AbortController();
  #heard = false;
  #oldLegIsGone = false;

  constructor(context: PromoteContext, leg: NewLeg, number: string) {
    const { sip, consultRoom, humanIdentity, rejoin, over } = context;
    this.#context = context;
    this.#leg = leg;
    this.#over = ended(over, 'over');
    this.#answer = refer(sip, {
      room: consultRoom.name ?? '',
      identity: humanIdentity,
      to: numberAt(rejoin.gateway, number),
      timeoutMs: rejoin.timeoutMs,
    });
  }

  /** Resolves to the new line's identity, or to why there is none. */
  async run(): Promise<string | PromotionFailure> {
    try {
      return await this.#run();
    } finally {
      this.#limit.abort();
    }
  }

  /**
   * A phone sends its audio on the new line as soon as that is active, and may do so on the old one for a second more.
   * The other way the old line goes on until the new one is heard: the gateway takes 0.2 s to play the room into it.
   */
  async #holdFromActive(): Promise<void> {
    await this.#leg.active;
    if (this.#limit.signal.aborted) return;
    this.#context.relays.hold(true, 'human');
    const heard = await Promise.race([this.#leg.audible, sleep(silentLimitMs, this.#limit.signal)]);
    if (heard === undefined && !this.#heard) this.#context.relays.hold(false);
  }

  async #run(): Promise<string | PromotionFailure> {
    void this.#holdFromActive();
    const { signal, rejoin } = this.#context;
    const oldLegGone = this.#context.oldLegGone.then(() => {
      this.#oldLegIsGone = true;
      return 'old-gone' as const;
    });
    const first = await Promise.race([
      this.#leg.audible.then(() => 'audible' as const),
      this.#answer,
      oldLegGone,
      this.#over,
      // Too late once the phone is there.
      ended(signal, 'aborted').then((end) => (this.#leg.identity === undefined ? end : this.#never())),
      sleep(rejoin.timeoutMs + marginMs, this.#limit.signal).then(() => 'limit' as const),
    ]);
    if (first === 'over') return fail('ended');
    if (first === 'aborted') return fail('aborted');
    if (first === 'limit') return fail('no-answer');
    if (first === 'audible') return this.#handOver();
    if (first === 'old-gone' || first.how === 'called') return this.#await(fail('human-left'));
    // A phone that was slow may be there all the same.
    const mayFollow = first.how === 'unknown' || this.#leg.identity !== undefined;
    return mayFollow ? this.#await(first.failure) : this.#refusal(first.failure);
  }

  /** Of a phone that hung up the server only says that the transfer is over. */
  async #refusal(answer: PromotionFailure): Promise<PromotionFailure> {
    if (answer.reason === 'refused') return answer;
    const gone = this.#context.oldLegGone.then(() => fail('human-left'));
    return Promise.race([gone, sleep(hungUpLimitMs, this.#limit.signal).then(() => answer)]);
  }

  /** The phone has called, or its old line is over, or nobody knows: the new line comes soon, or not at all. */
  async #await(otherwise: PromotionFailure): Promise<string | PromotionFailure> {
    const next = await Promise.race([
      this.#leg.audible.then(() => 'audible' as const),
      this.#leg.gone.then(() => 'gone' as const),
      this.#oldLineOver().then(() => 'none' as const),
      this.#over,
      sleep(audibleLimitMs, this.#limit.signal).then(() => 'limit' as const),
    ]);
    if (next === 'over') return fail('ended');
    if (next === 'audible') return this.#handOver();
    const isNoWayBack = this.#oldLegIsGone || otherwise.reason === 'human-left';
    if (!isNoWayBack) return otherwise;
    // Whoever is in the room is better than nobody.
    return next === 'limit' && this.#leg.identity !== undefined ? this.#leg.identity : fail('human-left');
  }

  /** Resolves when the old line is over and the phone is known not to have called. */
  async #oldLineOver(): Promise<void> {
    const [answer] = await Promise.all([this.#answer, this.#context.oldLegGone]);
    if (answer.how === 'unknown') await sleep(hungUpLimitMs, this.#limit.signal);
    if (answer.how === 'called' || this.#leg.identity !== undefined) await this.#never();
  }

  /** The new line is heard: the bridge is silent from here on, until it is clear that the new line stays. */
  async #handOver(): Promise<string | PromotionFailure> {
    const { relays, oldLegGone } = this.#context;
    this.#heard = true;
    relays.hold(true);
    const next = await Promise.race([
      this.#leg.gone.then(() => 'gone' as const),
      this.#over,
      oldLegGone.then(() => 'done' as const),
      sleep(oldLegLimitMs, this.#limit.signal).then(() => 'done' as const),
    ]);
    if (next === 'over') return fail('ended');
    if (next === 'gone') {
      this.#heard = false;
      relays.hold(false);
      const answer = await this.#answer;
      return answer.how === 'called' ? fail('human-left') : answer.failure;
    }
    await this.#endOldLeg();
    return this.#leg.identity ?? fail('human-left');
  }

  async #endOldLeg(): Promise<void> {
    const { people, consultRoom, humanIdentity, onWarning } = this.#context;
    if (!consultRoom.remoteParticipants.has(humanIdentity)) return;
    try {
      await people.removeParticipant(consultRoom.name ?? '', humanIdentity);
    } catch (error) {
      if (httpStatusOf(error) !== 404) onWarning(toConsultRoomError(error, 'end the old line'));
    }
  }

  #never(): Promise<never> {
    return new Promise(() => undefined);
  }
}

function ended<const T>(signal: AbortSignal | undefined, what: T): Promise<T> {
  return new Promise((resolve) => {
    if (signal?.aborted) resolve(what);
    else signal?.addEventListener('abort', () => resolve(what), { once: true });
  });
}
