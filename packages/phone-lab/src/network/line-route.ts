import { deferred } from '../deferred.js';
import type { MediaLimits } from './forwarder-messages.js';
import type { NetworkRules } from './line-network.js';
import type { PacketForwarder } from './packet-forwarder.js';

/** How much longer than it has something to say a phone sends, ms: the rest of its encoder, and then some silence. */
const hangoverMs = 200;

/** Reasons, other than faults of the network, for which no RTP passes. */
interface Stops {
  /** The phone sends none, whatever it has to say. */
  readonly sendsNothing: boolean;
  /** The phone sends none while it has nothing to say. */
  readonly silenceSuppression: boolean;
}

/** The way of one participant's packets to the server and back, with its faults. */
export class LineRoute {
  readonly id: number;
  /** Resolves when RTP of the participant was stopped for too long; see {@link watchMedia}. */
  readonly silent: Promise<void>;
  readonly #forwarder: PacketForwarder;
  readonly #stops: Stops;
  readonly #ports = new Map<string, Promise<number | undefined>>();
  #rules: NetworkRules;
  #isAnswered = false;
  #isHeld = false;
  #isSounding = false;
  #hangover: NodeJS.Timeout | undefined;

  constructor(forwarder: PacketForwarder, rules: NetworkRules, stops: Partial<Stops> = {}) {
    const silent = deferred<void>();
    this.silent = silent.promise;
    this.id = forwarder.addRoute(() => silent.resolve());
    this.#forwarder = forwarder;
    this.#rules = rules;
    this.#stops = { sendsNothing: false, silenceSuppression: false, ...stops };
  }

  /** Sets the faults of the network, in place of all former ones. Resolves when they are in force. */
  async setRules(rules: NetworkRules): Promise<void> {
    this.#rules = rules;
    await this.#apply();
  }

  /** Stops RTP in both directions, or lets it pass again. */
  async setHeld(isHeld: boolean): Promise<void> {
    this.#isHeld = isHeld;
    await this.#apply();
  }

  /** Whether the phone has something to say; matters to a phone that suppresses silence. */
  setSounding(isSounding: boolean): void {
    if (!this.#stops.silenceSuppression) return;
    clearTimeout(this.#hangover);
    const change = (): void => {
      this.#isSounding = isSounding;
      void this.#apply();
    };
    if (isSounding) change();
    else this.#hangover = setTimeout(change, hangoverMs).unref();
  }

  /**
   * The phone has answered: from now on RTP of the participant is looked for, and a phone that has nothing to send sends
   * nothing. Until then the gateway itself sends, so that the leg's track is published.
   */
  async watchMedia(limits: MediaLimits): Promise<void> {
    this.#isAnswered = true;
    await this.#apply();
    await this.#forwarder.ask(this.id, { do: 'watch', limits });
  }

  /** The phone pressed a key: a telephone sends it as RTP, also while it sends no sound. */
  async noteKey(): Promise<void> {
    await this.#forwarder.ask(this.id, { do: 'key' });
  }

  /** The port on 127.0.0.1 that stands for an address of the server; undefined when the lab is closed. */
  candidatePort(host: string, port: number): Promise<number | undefined> {
    if (this.#ports.size === 0) void this.#apply();
    const key = `${host}:${port}`;
    const found = this.#ports.get(key) ?? this.#forwarder.ask(this.id, { do: 'open', host, port });
    this.#ports.set(key, found);
    return found;
  }

  /** Closes the sockets. */
  async close(): Promise<void> {
    clearTimeout(this.#hangover);
    await this.#forwarder.closeRoute(this.id);
  }

  async #apply(): Promise<void> {
    const { send, receive, seed } = this.#rules;
    const { sendsNothing, silenceSuppression } = this.#stops;
    const hasNothingToSend = sendsNothing || (silenceSuppression && !this.#isSounding);
    const isQuiet = this.#isHeld || (this.#isAnswered && hasNothingToSend);
    await this.#forwarder.ask(this.id, {
      do: 'rules',
      rules: {
        send: { ...send, noRtp: send.noRtp || isQuiet },
        receive: { ...receive, noRtp: receive.noRtp || this.#isHeld },
        seed,
      },
    });
  }
}
