import type { Whose } from './signaling.js';
import { parseLineNetwork, type LineNetwork, type NetworkRules } from './line-network.js';
import { LineRoute } from './line-route.js';
import { PacketForwarder } from './packet-forwarder.js';

/** The ways of packets through the lab: one for each phone call, and for each participant that faults were asked for. */
export class LineRoutes {
  readonly #forwarder = new PacketForwarder();
  readonly #routes = new Map<number, LineRoute>();
  readonly #participants = new Map<string, LineRoute>();

  /** Makes the way of a phone call; its owner closes it. */
  add(line: LineNetwork): LineRoute {
    const { silenceSuppression = false, sendsNothing = false } = line;
    const route = new LineRoute(this.#forwarder, parseLineNetwork(line), { silenceSuppression, sendsNothing });
    this.#routes.set(route.id, route);
    return route;
  }

  /** Closes the sockets of a phone call's way. */
  async remove(route: LineRoute): Promise<void> {
    this.#routes.delete(route.id);
    await route.close();
  }

  /** The way of the phone call that has this number. */
  find(id: number): LineRoute | undefined {
    return this.#routes.get(id);
  }

  /** The way of a participant that faults were asked for. */
  of(whose: Whose): LineRoute | undefined {
    return this.#participants.get(keyOf(whose));
  }

  /** Makes the way of a participant who joins from now on; undefined when there is one. */
  addParticipant(whose: Whose, rules: NetworkRules): LineRoute | undefined {
    if (this.#participants.has(keyOf(whose))) return undefined;
    const route = new LineRoute(this.#forwarder, rules);
    this.#participants.set(keyOf(whose), route);
    return route;
  }

  /** The participant takes the straight way the next time. */
  removeParticipant(whose: Whose): void {
    this.#participants.delete(keyOf(whose));
  }

  /** Ends every way. */
  async close(): Promise<void> {
    await this.#forwarder.close();
  }
}

function keyOf({ roomName, identity }: Whose): string {
  return JSON.stringify([roomName, identity]);
}
