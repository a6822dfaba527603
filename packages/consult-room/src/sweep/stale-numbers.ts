import type { ConsultRoomError } from '../consult-room-error.js';
import { httpStatusOf, toConsultRoomError } from '../api/to-consult-room-error.js';
import { oneTimeNumberMadeAt } from '../promotion/one-time-number.js';
import { within } from '../async/with-timeout.js';
import type { ResolvedSweepOptions } from '../options/sweep-options.js';

export interface OldNumber {
  /** A number is a trunk of its own. */
  readonly kind: 'number' | 'rule';
  readonly id: string;
}

/** One-time numbers and their rules that were made by this package, long ago. A server without SIP has none. */
export async function findOldNumbers(
  { sip, olderThanMs, requestTimeoutMs }: ResolvedSweepOptions,
  now: number,
): Promise<readonly OldNumber[]> {
  const isOld = (name: string): boolean => {
    const madeAt = oneTimeNumberMadeAt(name);
    return madeAt !== undefined && now - madeAt >= olderThanMs;
  };
  try {
    const [rules, trunks] = await Promise.all([
      within(sip.listSipDispatchRule(), requestTimeoutMs, 'list dispatch rules'),
      within(sip.listSipInboundTrunk(), requestTimeoutMs, 'list inbound trunks'),
    ]);
    return [
      ...rules
        .filter(({ name }) => isOld(name))
        .map((rule): OldNumber => ({ kind: 'rule', id: rule.sipDispatchRuleId })),
      ...trunks.filter(({ name }) => isOld(name)).map((trunk): OldNumber => ({ kind: 'number', id: trunk.sipTrunkId })),
    ];
  } catch (error) {
    // A server that has no SIP part says that it is not connected; it has nothing to sweep either.
    if (httpStatusOf(error) !== undefined && isWithoutSip(error)) return [];
    throw toConsultRoomError(error, 'list one-time numbers');
  }
}

function isWithoutSip(error: unknown): boolean {
  return error instanceof Error && /sip not connected|not implemented|bad route/i.test(error.message);
}

export async function deleteNumber(
  { sip, requestTimeoutMs }: ResolvedSweepOptions,
  kind: OldNumber['kind'],
  id: string,
): Promise<ConsultRoomError | undefined> {
  const deleting = kind === 'rule' ? sip.deleteSipDispatchRule(id) : sip.deleteSipTrunk(id);
  try {
    await within(deleting, requestTimeoutMs, 'delete a one-time number');
    return undefined;
  } catch (error) {
    return httpStatusOf(error) === 404 ? undefined : toConsultRoomError(error, 'delete a one-time number');
  }
}
