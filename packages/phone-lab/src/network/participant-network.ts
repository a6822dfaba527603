import { checkWhose, type Signaling, type Whose } from './signaling.js';
import { PhoneLabError } from '../phone-lab-error.js';
import { parseNetworkFaults, type NetworkFaults } from './line-network.js';
import type { LineRoutes } from './line-routes.js';

/** Faults of the network of one participant, until they are removed. */
export interface ParticipantNetwork extends Disposable {
  /** Replaces all faults. Resolves when the new ones are in force. */
  set(faults: NetworkFaults): Promise<void>;
  /** Ends the faults; the participant's connection continues, and the next one is direct. Idempotent. */
  remove(): void;
}

/** The network of participants that are not phones. */
interface ParticipantLines {
  readonly signaling: Pick<Signaling, 'isConnected'>;
  readonly routes: Pick<LineRoutes, 'addParticipant' | 'removeParticipant'>;
}

/** Applies faults to the packets of a participant that joins from now on. */
export function startParticipantNetwork(
  { signaling, routes }: ParticipantLines,
  whose: Whose,
  faults: NetworkFaults,
): ParticipantNetwork {
  checkWhose(whose);
  const rules = parseNetworkFaults(faults, 'faults');
  if (signaling.isConnected(whose)) {
    throw new PhoneLabError('misuse', 'network() comes before the participant joins; a phone has call.line.network()');
  }
  const route = routes.addParticipant(whose, rules);
  if (!route) {
    throw new PhoneLabError('misuse', 'network() was called for this participant already; use set() of its result');
  }
  let isRemoved = false;
  const remove = (): void => {
    if (isRemoved) return;
    isRemoved = true;
    routes.removeParticipant(whose);
    void route.setRules(parseNetworkFaults({}, 'faults'));
  };
  return {
    set: async (next) => {
      if (isRemoved) throw new PhoneLabError('misuse', 'set() comes before remove()');
      await route.setRules(parseNetworkFaults(next, 'faults'));
    },
    remove,
    [Symbol.dispose]: remove,
  };
}
