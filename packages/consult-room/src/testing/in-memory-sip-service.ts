import type { ListedRule, ListedTrunk, SipService } from '../api/sip-service.js';
import { notFound, OrderedFaults } from './ordered-faults.js';

type SipServiceMethod = keyof SipService;

/** A phone that was asked to call another number. */
interface RequestedTransfer {
  readonly roomName: string;
  readonly identity: string;
  readonly transferTo: string;
}

/** A SIP service without a server: it keeps numbers and rules, and asks no phone. Pass it as `sip`. */
export class InMemorySipService implements SipService {
  readonly transfers: RequestedTransfer[] = [];
  readonly #trunks = new Map<string, ListedTrunk & { readonly numbers: readonly string[] }>();
  readonly #rules = new Map<string, ListedRule & { readonly roomName: string }>();
  readonly #faults = new OrderedFaults<SipServiceMethod>();
  #made = 0;

  /** Every request in order, including those that failed. */
  get requests(): SipServiceMethod[] {
    return this.#faults.requests;
  }

  /** Lets the next request of this kind fail with `error`, or hang if it is `'hang'`. Further calls add up. */
  failNext(method: SipServiceMethod, error: Error | 'hang'): void {
    this.#faults.failNext(method, error);
  }

  /** Returns the room into which a number leads. */
  roomForNumber(number: string): string | undefined {
    const trunk = [...this.#trunks.values()].find(({ numbers }) => numbers.includes(number));
    return [...this.#rules.values()].find(({ trunkIds }) => trunk && trunkIds.includes(trunk.sipTrunkId))?.roomName;
  }

  async createSipInboundTrunk(name: string, numbers: string[], options: { metadata: string }): Promise<ListedTrunk> {
    await this.#faults.request('createSipInboundTrunk');
    const trunk = { sipTrunkId: this.#id('ST'), name, metadata: options.metadata, numbers: [...numbers] };
    this.#trunks.set(trunk.sipTrunkId, trunk);
    return trunk;
  }

  async createSipDispatchRule(
    rule: { roomName: string },
    options: { name: string; trunkIds: string[] },
  ): Promise<ListedRule> {
    await this.#faults.request('createSipDispatchRule');
    const { name, trunkIds } = options;
    const made = { sipDispatchRuleId: this.#id('SDR'), name, trunkIds: [...trunkIds], roomName: rule.roomName };
    this.#rules.set(made.sipDispatchRuleId, made);
    return made;
  }

  async listSipInboundTrunk(): Promise<readonly ListedTrunk[]> {
    await this.#faults.request('listSipInboundTrunk');
    return [...this.#trunks.values()];
  }

  async listSipDispatchRule(): Promise<readonly ListedRule[]> {
    await this.#faults.request('listSipDispatchRule');
    return [...this.#rules.values()];
  }

  async deleteSipTrunk(sipTrunkId: string): Promise<void> {
    await this.#faults.request('deleteSipTrunk');
    this.#trunks.delete(sipTrunkId);
  }

  async deleteSipDispatchRule(sipDispatchRuleId: string): Promise<void> {
    await this.#faults.request('deleteSipDispatchRule');
    if (!this.#rules.delete(sipDispatchRuleId)) throw notFound('requested sip dispatch rule does not exist');
  }

  async transferSipParticipant(roomName: string, identity: string, transferTo: string): Promise<void> {
    await this.#faults.request('transferSipParticipant');
    this.transfers.push({ roomName, identity, transferTo });
  }

  #id(kind: string): string {
    this.#made += 1;
    return `${kind}_${this.#made}`;
  }
}
