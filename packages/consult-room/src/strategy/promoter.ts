import type { RelayPair } from '../bridge/relay-pair.js';
import type { PromoteContext } from '../promotion/promotion-context.js';
import { beginPromotion } from '../promotion/start-promotion.js';
import { failPromotion } from '../call/promotion.js';
import type { Promotion } from '../call/promotion.js';
import { RejoinRun } from '../promotion/promotion-run.js';
import { type Deferred, deferred } from '@org/support';
import type { StrategyEvent } from '../machine/event.js';

/** Tells the phone of a bridged human agent to call into the caller's room, when the reducer decides so. */
export class Promoter {
  readonly #context: Omit<PromoteContext, 'relays' | 'over' | 'signal' | 'onPromotion'>;
  readonly #dispatch: (event: StrategyEvent) => void;
  #run: RejoinRun | undefined;
  #asked: { readonly over: AbortSignal; readonly result: Deferred<Promotion> } | undefined;

  constructor(
    context: Omit<PromoteContext, 'relays' | 'over' | 'signal' | 'onPromotion'>,
    dispatch: (event: StrategyEvent) => void,
  ) {
    this.#context = context;
    this.#dispatch = dispatch;
  }

  /** Asks for a promotion of a call that is over with `over`. Never rejects. */
  async ask(over: AbortSignal, signal: AbortSignal | undefined): Promise<Promotion> {
    const result = deferred<Promotion>();
    const asked = { over, result };
    this.#asked = asked;
    // The event that the call began with is dealt with first.
    await Promise.resolve();
    this.#dispatch({ type: 'promote', signal });
    // Where there is no bridge, or the server may still move the human agent, nothing was begun.
    if (this.#asked === asked) result.resolve(failPromotion('not-bridged'));
    return result.promise;
  }

  /** Does what was asked for, and reports the result. */
  async promote(id: number, signal: AbortSignal | undefined, relays: RelayPair | undefined): Promise<void> {
    const asked = this.#asked;
    this.#asked = undefined;
    const onPromotion = (promotion: Promotion): void => this.#dispatch({ type: 'promotion-ended', id, promotion });
    const begun =
      asked && relays
        ? beginPromotion({ ...this.#context, relays, over: asked.over, signal, onPromotion })
        : failPromotion('not-bridged');
    if (begun instanceof RejoinRun) {
      this.#run = begun;
      asked?.result.resolve(await begun.run());
    } else {
      onPromotion(begun);
      asked?.result.resolve(begun);
    }
  }

  oldLineEnded(): void {
    this.#run?.oldLineEnded();
  }
}
