import { AnswerOrder } from './answer-order.js';
import { checkFault, faultDefaults, type Fault, type FaultAction, type FaultOptions } from './fault.js';
import { seededRandom } from '../seeded-random.js';

/** The fault of a request. */
export interface AppliedFault {
  readonly action: FaultAction;
  /** Shared by all requests that a reordering hits. */
  readonly order: AnswerOrder | undefined;
}

interface Planted extends AppliedFault {
  readonly options: Required<FaultOptions>;
  readonly random: () => number;
  hits: number;
}

/** The faults that are in force. */
export class FaultList {
  readonly #planted = new Set<Planted>();

  add(options: FaultOptions): Fault {
    const checked = checkFault(options);
    const { do: action, seed } = checked;
    const reorders = typeof action === 'object' && 'reorder' in action;
    const order = reorders ? new AnswerOrder(action.reorder, action.withinMs ?? faultDefaults.withinMs) : undefined;
    const planted: Planted = { options: checked, action, order, random: seededRandom(seed), hits: 0 };
    this.#planted.add(planted);
    const remove = (): void => void this.#planted.delete(planted);
    return {
      get hits() {
        return planted.hits;
      },
      remove,
      [Symbol.dispose]: remove,
    };
  }

  /** Returns the first fault that applies to this request. */
  hit(method: string): AppliedFault | undefined {
    for (const planted of this.#planted) {
      const { options, random } = planted;
      if (![options.method].flat().some((one) => one === method) || random() >= options.probability) continue;
      planted.hits += 1;
      if (planted.hits >= options.times) this.#planted.delete(planted);
      return planted;
    }
    return undefined;
  }
}
