import { within } from '@org/support';
import { getHttpStatus, toConsultRoomError } from '../api/to-consult-room-error.js';
import { timedOut } from '../async/timed-out.js';
import type { ConsultRoomError } from '../consult-room-error.js';
import type { ParsedSweepOptions } from '../options/sweep-options.js';
import { numberCreatedAt } from '../promotion/one-time-number.js';

export interface StaleNumber {
  /** Each one-time number is a trunk of its own, with a dispatch rule. */
  readonly kind: 'number' | 'rule';
  readonly id: string;
}

/** Finds old one-time numbers and rules of this package. A server without SIP has none. */
export async function findStaleNumbers(
  { sip, olderThanMs, requestTimeoutMs }: ParsedSweepOptions,
  now: number,
): Promise<readonly StaleNumber[]> {
  const isOld = (name: string): boolean => {
    const madeAt = numberCreatedAt(name);
    return madeAt !== undefined && now - madeAt >= olderThanMs;
  };
  try {
    const [rules, trunks] = await Promise.all([
      within(requestTimeoutMs, sip.listSipDispatchRule(), timedOut('list dispatch rules')),
      within(requestTimeoutMs, sip.listSipInboundTrunk(), timedOut('list inbound trunks')),
    ]);
    return [
      ...rules
        .filter(({ name }) => isOld(name))
        .map((rule): StaleNumber => ({ kind: 'rule', id: rule.sipDispatchRuleId })),
      ...trunks
        .filter(({ name }) => isOld(name))
        .map((trunk): StaleNumber => ({ kind: 'number', id: trunk.sipTrunkId })),
    ];
  } catch (error) {
    // A server without SIP answers that it is not connected; it has nothing to sweep.
    if (getHttpStatus(error) !== undefined && isWithoutSip(error)) return [];
    throw toConsultRoomError(error, 'list one-time numbers');
  }
}

function isWithoutSip(error: unknown): boolean {
  return error instanceof Error && /sip not connected|not implemented|bad route/i.test(error.message);
}

export async function deleteNumber(
  { sip, requestTimeoutMs }: ParsedSweepOptions,
  kind: StaleNumber['kind'],
  id: string,
): Promise<ConsultRoomError | undefined> {
  const deleting = kind === 'rule' ? sip.deleteSipDispatchRule(id) : sip.deleteSipTrunk(id);
  try {
    await within(requestTimeoutMs, deleting, timedOut('delete a one-time number'));
    return undefined;
  } catch (error) {
    return getHttpStatus(error) === 404 ? undefined : toConsultRoomError(error, 'delete a one-time number');
  }
}
