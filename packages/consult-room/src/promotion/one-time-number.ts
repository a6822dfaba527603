import { randomBytes } from 'node:crypto';
import type { ConsultRoomError } from '../consult-room-error.js';
import { httpStatusOf, toConsultRoomError } from '../api/to-consult-room-error.js';
import { roomOwner } from '../room/room-metadata.js';
import { sleep } from '../async/sleep.js';
import { within } from '../async/with-timeout.js';
import type { SipService } from '../api/sip-service.js';

/** Begins the names of trunks and rules that this package made; the time of their making follows. */
const namePrefix = `${roomOwner} one-time number `;

/** When a trunk or rule of ours was made, in epoch milliseconds; undefined if it is not ours. */
export function oneTimeNumberMadeAt(name: string): number | undefined {
  const at = name.startsWith(namePrefix) ? Date.parse(name.slice(namePrefix.length)) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

/** The address of one number at the gateway. */
export function numberAt(gateway: string, number: string): string {
  return gateway.replace(/^(sips?:)/, `$1${number}@`);
}

export interface OneTimeNumberOptions {
  /** Where a call to the number comes in. */
  readonly roomName: string;
  /** Addresses that may call it; empty: any. */
  readonly allowedAddresses: readonly string[];
  /** Attributes of who comes in. Default none. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Limit of each request. */
  readonly requestTimeoutMs: number;
}

const doing = 'make a one-time number';

/** Tries to delete, and the pause between them, in milliseconds. */
const deleteTries = 4;
const deleteRetryMs = 200;

/** A number that nobody can guess, and that leads into one room as long as it exists. */
export class OneTimeNumber {
  /** 128 random bits, as 39 digits: what every phone can dial. */
  readonly number: string;
  readonly ruleId: string;
  readonly #sip: SipService;
  readonly #trunkId: string;
  readonly #requestTimeoutMs: number;
  #removing: Promise<readonly ConsultRoomError[]> | undefined;

  private constructor(
    sip: SipService,
    made: { readonly number: string; readonly trunkId: string; readonly ruleId: string },
    requestTimeoutMs: number,
  ) {
    this.#sip = sip;
    this.number = made.number;
    this.ruleId = made.ruleId;
    this.#trunkId = made.trunkId;
    this.#requestTimeoutMs = requestTimeoutMs;
  }

  /** Leaves nothing behind if it fails, as far as the server lets it; the sweeper finds the rest by its name. */
  static async make(sip: SipService, options: OneTimeNumberOptions): Promise<OneTimeNumber> {
    const limitMs = options.requestTimeoutMs;
    const number = BigInt(`0x${randomBytes(16).toString('hex')}`)
      .toString()
      .padStart(39, '0');
    const name = `${namePrefix}${new Date().toISOString()}`;
    const trunk = sip.createSipInboundTrunk(name, [number], {
      metadata: JSON.stringify({ owner: roomOwner }),
      allowedAddresses: [...options.allowedAddresses],
    });
    const { sipTrunkId: trunkId } = await withinOrUndo(trunk, limitMs, (late) => sip.deleteSipTrunk(late.sipTrunkId));
    try {
      const rule = sip.createSipDispatchRule(
        { type: 'direct', roomName: options.roomName },
        // Without it the identity is made of the number, and a caller with the same one would be disconnected.
        { name, trunkIds: [trunkId], hidePhoneNumber: true, attributes: { ...options.attributes } },
      );
      const { sipDispatchRuleId: ruleId } = await withinOrUndo(rule, limitMs, (late) =>
        sip.deleteSipDispatchRule(late.sipDispatchRuleId),
      );
      return new OneTimeNumber(sip, { number, trunkId, ruleId }, limitMs);
    } catch (error) {
      await deleteForCertain(() => sip.deleteSipTrunk(trunkId), limitMs);
      throw error;
    }
  }

  /** A call that came in by the number goes on. Resolves to what could not be deleted. Never rejects. */
  remove(): Promise<readonly ConsultRoomError[]> {
    this.#removing ??= this.#remove();
    return this.#removing;
  }

  async #remove(): Promise<readonly ConsultRoomError[]> {
    const failures = await Promise.all([
      deleteForCertain(() => this.#sip.deleteSipDispatchRule(this.ruleId), this.#requestTimeoutMs),
      deleteForCertain(() => this.#sip.deleteSipTrunk(this.#trunkId), this.#requestTimeoutMs),
    ]);
    return failures.filter((failure) => failure !== undefined);
  }
}

async function withinOrUndo<T>(making: Promise<T>, limitMs: number, undo: (late: T) => Promise<unknown>): Promise<T> {
  try {
    return await within(making, limitMs, doing);
  } catch (error) {
    // What the server makes after we gave up has no owner. If this fails too, the sweeper finds it by its name.
    making.then(undo).catch(() => undefined);
    throw toConsultRoomError(error, doing);
  }
}

async function deleteForCertain(
  request: () => Promise<unknown>,
  limitMs: number,
): Promise<ConsultRoomError | undefined> {
  let failure: ConsultRoomError | undefined;
  for (let tries = 0; tries < deleteTries; tries += 1) {
    if (tries > 0) await sleep(deleteRetryMs);
    try {
      await within(request(), limitMs, 'delete a one-time number');
      return undefined;
    } catch (error) {
      if (httpStatusOf(error) === 404) return undefined;
      failure = toConsultRoomError(error, 'delete a one-time number');
    }
  }
  return failure;
}
