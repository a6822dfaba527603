import { isRtp } from './is-rtp.js';
import type { PacketRules } from './line-network.js';

/** Bytes of an IPv4 and a UDP header, which a line has to carry as well. */
const headerBytes = 28;

/** How long a packet may wait for a line that is too narrow, ms; some routers hold much more. */
const longestQueueMs = 500;

/** How long a packet waits for the one that overtakes it, ms. */
const longestHoldMs = 100;

interface WaitingPacket {
  readonly at: number;
  readonly deliver: () => void;
}

/** One direction of a line: loses, delays and reorders packets. */
export class PacketPath {
  rules: PacketRules;
  readonly #random: () => number;
  /** Packets in the order of their delivery; each waits for those before it. */
  readonly #queue: WaitingPacket[] = [];
  #overtaken: { readonly deliver: () => void; readonly timer: NodeJS.Timeout } | undefined;
  #timer: NodeJS.Timeout | undefined;
  #lineFreeAt = 0;

  constructor(rules: PacketRules, random: () => number) {
    this.rules = rules;
    this.#random = random;
  }

  /** Takes a packet, and calls back when it arrives. Returns false when it never will. */
  pass(packet: Uint8Array, deliver: () => void): boolean {
    const { noRtp, lossPercent, reorderPercent } = this.rules;
    if (noRtp && isRtp(packet)) return false;
    if (this.#hits(lossPercent)) return false;
    const at = this.#arrivalOf(packet);
    if (at === undefined) return false;
    if (!this.#overtaken && this.#hits(reorderPercent)) {
      const timer = setTimeout(() => this.#release(performance.now()), longestHoldMs);
      this.#overtaken = { deliver, timer };
      return true;
    }
    this.#enqueue({ at, deliver });
    this.#release(at);
    return true;
  }

  /** Drops the packets still on their way. */
  close(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#overtaken?.timer);
    this.#overtaken = undefined;
    this.#queue.length = 0;
  }

  #hits(percent: number): boolean {
    return percent > 0 && this.#random() * 100 < percent;
  }

  /** Returns when the packet arrives, unless earlier ones are later, or undefined if the queue of the line is full. */
  #arrivalOf(packet: Uint8Array): number | undefined {
    const { bandwidthKbps, delayMs, jitterMs } = this.rules;
    const now = performance.now();
    let sentAt = now;
    if (bandwidthKbps !== Infinity) {
      const startsAt = Math.max(now, this.#lineFreeAt);
      if (startsAt - now > longestQueueMs) return undefined;
      sentAt = startsAt + ((packet.length + headerBytes) * 8) / bandwidthKbps;
      this.#lineFreeAt = sentAt;
    }
    return sentAt + delayMs + (jitterMs > 0 ? this.#random() * jitterMs : 0);
  }

  /** Sends the packet that was overtaken behind the one that overtook it. */
  #release(at: number): void {
    const overtaken = this.#overtaken;
    if (!overtaken) return;
    this.#overtaken = undefined;
    clearTimeout(overtaken.timer);
    this.#enqueue({ at, deliver: overtaken.deliver });
  }

  #enqueue(packet: WaitingPacket): void {
    if (this.#queue.length === 0 && packet.at <= performance.now()) {
      packet.deliver();
      return;
    }
    this.#queue.push(packet);
    this.#timer ??= this.#timerFor(packet);
  }

  #timerFor({ at }: WaitingPacket): NodeJS.Timeout {
    return setTimeout(() => this.#deliverDue(), at - performance.now());
  }

  #deliverDue(): void {
    const now = performance.now();
    let next = this.#queue[0];
    for (; next && next.at <= now; next = this.#queue[0]) {
      this.#queue.shift();
      next.deliver();
    }
    this.#timer = next && this.#timerFor(next);
  }
}
