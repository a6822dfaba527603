import { checkFault, type Fault, type FaultAction, type FaultOptions } from './fault.js';
import { seededRandom } from './seeded-random.js';

interface Planted {
  readonly options: Required<FaultOptions>;
  readonly random: () => number;
  hits: number;
}

/** The faults that are in force. */
export class FaultList {
  readonly #planted = new Set<Planted>();

  add(options: FaultOptions): Fault {
    const checked = checkFault(options);
    const planted: Planted = { options: checked, random: seededRandom(checked.seed), hits: 0 };
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

  /** What befalls this request: the first fault that hits it. */
  hit(method: string): FaultAction | undefined {
    for (const planted of this.#planted) {
      const { options, random } = planted;
      if (options.method !== method || random() >= options.probability) continue;
      planted.hits += 1;
      if (planted.hits >= options.times) this.#planted.delete(planted);
      return options.do;
    }
    return undefined;
  }
}
