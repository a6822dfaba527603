import { type Deferred, deferred } from '@org/support';
import type { RelayPair } from '../bridge/relay-pair.js';
import { failPromotion, type Promotion } from '../call/promotion.js';
import type { StrategyEvent } from '../machine/event.js';
import type { PromotionContext } from '../promotion/promotion-context.js';
import { PromotionRun } from '../promotion/promotion-run.js';
import { startPromotion } from '../promotion/start-promotion.js';

/** Runs the promotions of a bridged call, when the state machine decides so. */
export class Promoter {
  readonly #context: Omit<PromotionContext, 'relays' | 'callEnded' | 'signal' | 'onPromotion'>;
  readonly #dispatch: (event: StrategyEvent) => void;
  #run: PromotionRun | undefined;
  #requested: { readonly callEnded: AbortSignal; readonly result: Deferred<Promotion> } | undefined;

  constructor(
    context: Omit<PromotionContext, 'relays' | 'callEnded' | 'signal' | 'onPromotion'>,
    dispatch: (event: StrategyEvent) => void,
  ) {
    this.#context = context;
    this.#dispatch = dispatch;
  }

  /** Requests a promotion. `callEnded` aborts when the call ends. Never rejects. */
  async request(callEnded: AbortSignal, signal: AbortSignal | undefined): Promise<Promotion> {
    const result = deferred<Promotion>();
    const requested = { callEnded, result };
    this.#requested = requested;
    // The event that started the call is handled first.
    await Promise.resolve();
    this.#dispatch({ type: 'promote', signal });
    // Without a bridge, or while the server may still move the human agent, nothing was started.
    if (this.#requested === requested) result.resolve(failPromotion('not-bridged'));
    return result.promise;
  }

  /** Runs the requested promotion, and reports the result. */
  async promote(id: number, signal: AbortSignal | undefined, relays: RelayPair | undefined): Promise<void> {
    const requested = this.#requested;
    this.#requested = undefined;
    const onPromotion = (promotion: Promotion): void => this.#dispatch({ type: 'promotion-ended', id, promotion });
    const started =
      requested && relays
        ? startPromotion({ ...this.#context, relays, callEnded: requested.callEnded, signal, onPromotion })
        : failPromotion('not-bridged');
    if (started instanceof PromotionRun) {
      this.#run = started;
      requested?.result.resolve(await started.run());
    } else {
      onPromotion(started);
      requested?.result.resolve(started);
    }
  }

  oldLegEnded(): void {
    this.#run?.oldLegEnded();
  }
}
