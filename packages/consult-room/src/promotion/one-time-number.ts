import { randomBytes } from 'node:crypto';
import { within } from '@org/support';
import type { SipService } from '../api/sip-service.js';
import { getHttpStatus, toConsultRoomError } from '../api/to-consult-room-error.js';
import { sleep } from '../async/sleep.js';
import { timedOut } from '../async/timed-out.js';
import type { ConsultRoomError } from '../consult-room-error.js';
import { consultRoomOwner } from '../room/room-metadata.js';

/** The start of the names of trunks and rules that this package created; the time of creation follows. */
const namePrefix = `${consultRoomOwner} one-time number `;

/**
 * Returns when a trunk or rule of this package was created, in milliseconds since the epoch; undefined for any other
 * one.
 */
export function numberCreatedAt(name: string): number | undefined {
  const at = name.startsWith(namePrefix) ? Date.parse(name.slice(namePrefix.length)) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

/** Returns the SIP URI of a number at the gateway. */
export function numberAt(gateway: string, number: string): string {
  return gateway.replace(/^(sips?:)/, `$1${number}@`);
}

export interface OneTimeNumberOptions {
  /** The room into which calls to the number are dispatched. */
  readonly roomName: string;
  /** Addresses that may call the number; empty: any. */
  readonly allowedAddresses: readonly string[];
  /** Attributes of the leg. Default none. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Timeout of each request, in milliseconds. */
  readonly requestTimeoutMs: number;
}

const operation = 'create a one-time number';

/** Tries to delete, and the pause between them in milliseconds. */
const deleteTries = 4;
const deleteRetryMs = 200;

/** A number that cannot be guessed, and that leads into one room as long as it exists. */
export class OneTimeNumber {
  /** 128 random bits, as 39 digits, which every phone can dial. */
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

  /**
   * Creates the trunk and its dispatch rule. Leaves nothing behind if that fails, as far as the server permits; a sweep
   * finds the rest by its name.
   */
  static async create(sip: SipService, options: OneTimeNumberOptions): Promise<OneTimeNumber> {
    const timeoutMs = options.requestTimeoutMs;
    const number = BigInt(`0x${randomBytes(16).toString('hex')}`)
      .toString()
      .padStart(39, '0');
    const name = `${namePrefix}${new Date().toISOString()}`;
    const trunk = sip.createSipInboundTrunk(name, [number], {
      metadata: JSON.stringify({ owner: consultRoomOwner }),
      allowedAddresses: [...options.allowedAddresses],
    });
    const { sipTrunkId: trunkId } = await withTimeoutOrUndo(trunk, timeoutMs, (late) =>
      sip.deleteSipTrunk(late.sipTrunkId),
    );
    try {
      const rule = sip.createSipDispatchRule(
        { type: 'direct', roomName: options.roomName },
        // Without it, the identity is made from the number, and a caller with the same number would be disconnected.
        { name, trunkIds: [trunkId], hidePhoneNumber: true, attributes: { ...options.attributes } },
      );
      const { sipDispatchRuleId: ruleId } = await withTimeoutOrUndo(rule, timeoutMs, (late) =>
        sip.deleteSipDispatchRule(late.sipDispatchRuleId),
      );
      return new OneTimeNumber(sip, { number, trunkId, ruleId }, timeoutMs);
    } catch (error) {
      await deleteForCertain(() => sip.deleteSipTrunk(trunkId), timeoutMs);
      throw error;
    }
  }

  /**
   * Deletes the number; a call that came in by it continues. Resolves to the errors of what could not be deleted. Never
   * rejects.
   */
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

async function withTimeoutOrUndo<T>(
  making: Promise<T>,
  timeoutMs: number,
  undo: (late: T) => Promise<unknown>,
): Promise<T> {
  try {
    return await within(timeoutMs, making, timedOut(operation));
  } catch (error) {
    // A trunk or rule that the server creates after the timeout has no owner. If this fails too, a sweep finds it by
    // its name.
    making.then(undo).catch(() => undefined);
    throw toConsultRoomError(error, operation);
  }
}

async function deleteForCertain(
  request: () => Promise<unknown>,
  timeoutMs: number,
): Promise<ConsultRoomError | undefined> {
  let failure: ConsultRoomError | undefined;
  for (let tries = 0; tries < deleteTries; tries += 1) {
    if (tries > 0) await sleep(deleteRetryMs);
    try {
      await within(timeoutMs, request(), timedOut('delete a one-time number'));
      return undefined;
    } catch (error) {
      if (getHttpStatus(error) === 404) return undefined;
      failure = toConsultRoomError(error, 'delete a one-time number');
    }
  }
  return failure;
}
