import { hangUpOrWarn } from '../call/hang-up.js';
import { publishedAudio } from '../merge/follow-audio-track.js';
import { ListenerSubscription } from '../merge/listener-subscription.js';
import { sleep } from '../support/sleep.js';
import { untilAborted } from '../support/until-aborted.js';
import type { NewLeg } from './new-leg.js';
import { failPromotion } from './promotion.js';
import type { PromoteContext } from './promote-context.js';
import type { PromotionFailure } from './promotion.js';
import { refer } from './refer.js';
import type { ReferAnswer } from './refer.js';
import { numberAt } from './rejoin-options.js';

/** How long the new line may take to be heard once the old one is over, in milliseconds. */
const audibleLimitMs = 3_000;

/** How long the old line may take to end once the new one is heard, in milliseconds. */
const oldLegLimitMs = 2_000;

/**
 * An active new line that is not heard within this time leaves the floor to the old one again, in milliseconds. What
 * was relayed before is still on its way to the caller for about as long.
 */
const silentLimitMs = 120;

/** The end of a line is seen by then, if that is why the transfer ended. In milliseconds. */
const hungUpLimitMs = 500;

/** The server ends a transfer by itself; this much later it is given up. In milliseconds. */
const marginMs = 3_000;

/** One try to bring the phone over, from its REFER to the end of its old line. */
export class Rejoin {
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
    this.#over = untilAborted(over, 'over');
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
      this.#leg.conflict.then(() => 'conflict' as const),
      // Too late once the phone is there.
      untilAborted(signal, 'aborted').then((end) => (this.#leg.identity === undefined ? end : this.#never())),
      sleep(rejoin.timeoutMs + marginMs, this.#limit.signal).then(() => 'limit' as const),
    ]);
    if (first === 'over') return failPromotion('ended');
    if (first === 'conflict') return failPromotion('identity-conflict');
    if (first === 'aborted') return failPromotion('aborted');
    if (first === 'limit') return failPromotion('no-answer');
    if (first === 'audible') return this.#handOver();
    if (first === 'old-gone' || first.how === 'called') return this.#await(failPromotion('human-left'));
    // A phone that was slow may be there all the same.
    const mayFollow = first.how === 'unknown' || this.#leg.identity !== undefined;
    return mayFollow ? this.#await(first.failure) : this.#refusal(first.failure);
  }

  /** Of a phone that hung up the server only says that the transfer is over. */
  async #refusal(answer: PromotionFailure): Promise<PromotionFailure> {
    if (answer.reason === 'refused') return answer;
    const gone = this.#context.oldLegGone.then(() => failPromotion('human-left'));
    return Promise.race([gone, sleep(hungUpLimitMs, this.#limit.signal).then(() => answer)]);
  }

  /** The phone has called, or its old line is over, or nobody knows: the new line comes soon, or not at all. */
  async #await(otherwise: PromotionFailure): Promise<string | PromotionFailure> {
    const next = await Promise.race([
      this.#leg.audible.then(() => 'audible' as const),
      this.#leg.gone.then(() => 'gone' as const),
      this.#oldLineOver().then(() => 'none' as const),
      this.#over,
      this.#leg.conflict.then(() => 'conflict' as const),
      sleep(audibleLimitMs, this.#limit.signal).then(() => 'limit' as const),
    ]);
    if (next === 'over') return failPromotion('ended');
    if (next === 'conflict') return failPromotion('identity-conflict');
    if (next === 'audible') return this.#handOver();
    const isNoWayBack = this.#oldLegIsGone || otherwise.reason === 'human-left';
    if (!isNoWayBack) return otherwise;
    if (next !== 'limit' || this.#leg.identity === undefined) return failPromotion('human-left');
    // A phone that is silent and sends nothing meanwhile.
    this.#subscribeBoth();
    return this.#leg.identity;
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
    this.#subscribeBoth();
    relays.hold(true);
    const next = await Promise.race([
      this.#leg.gone.then(() => 'gone' as const),
      this.#over,
      oldLegGone.then(() => 'done' as const),
      sleep(oldLegLimitMs, this.#limit.signal).then(() => 'done' as const),
    ]);
    if (next === 'over') return failPromotion('ended');
    if (next === 'gone') {
      this.#heard = false;
      relays.hold(false);
      const answer = await this.#answer;
      return answer.how === 'called' ? failPromotion('human-left') : answer.failure;
    }
    await this.#endOldLeg();
    return this.#leg.identity ?? failPromotion('human-left');
  }

  /** The caller's client, or the gateway, may subscribe to nothing by itself. */
  #subscribeBoth(): void {
    const { callerRoom: room, callerIdentity, people, onWarning } = this.#context;
    const human = this.#leg.identity;
    if (human === undefined) return;
    const toCaller = new ListenerSubscription({ room, identity: callerIdentity }, { people, onWarning });
    toCaller.ask(publishedAudio(room, human));
    const toHuman = new ListenerSubscription({ room, identity: human }, { people, onWarning });
    toHuman.ask(publishedAudio(room, callerIdentity));
  }

  async #endOldLeg(): Promise<void> {
    const { people, consultRoom, humanIdentity: identity, onWarning } = this.#context;
    if (!consultRoom.remoteParticipants.has(identity)) return;
    await hangUpOrWarn(people, { room: consultRoom.name ?? '', identity }, onWarning);
  }

  #never(): Promise<never> {
    return new Promise(() => undefined);
  }
}
