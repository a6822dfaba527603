import { connectPeopleService } from '../move/people-service.js';
import type { PeopleService } from '../move/people-service.js';
import { resolveRejoinOptions } from '../rejoin/rejoin-options.js';
import type { RejoinOptions, ResolvedRejoinOptions } from '../rejoin/rejoin-options.js';
import { connectSipService } from '../rejoin/sip-service.js';
import type { SipService } from '../rejoin/sip-service.js';
import { checkServerAccess } from '../support/server-access.js';
import type { ServerAccess } from '../support/server-access.js';
import { invalid, wholeNumber } from '../support/validate.js';
import type { Ways } from '../strategy/state.js';
import { resolveBridgeOptions } from './bridge-options.js';
import type { BridgeOptions, ResolvedBridgeOptions } from './bridge-options.js';

export type MergeStrategy = 'auto' | 'bridge' | 'move';

export interface MergeOptions extends BridgeOptions {
  /**
   * `bridge`: this process relays the voices; works on every server. `move`: the server moves the human agent into the
   * caller's room; LiveKit Cloud only. `auto`: asks the server to move the human agent, and opens a `bridge` when it
   * refuses, or has not answered within a second. A move that happens later takes over. Default `auto`.
   */
  readonly strategy?: MergeStrategy | undefined;
  /** Needed for all but the relaying itself: moving, hanging up, muting people who are in one room. Default none. */
  readonly server?: ServerAccess | undefined;
  /**
   * `rejoin`: once bridged, the human agent's phone is told to call into the caller's room itself, so that this process
   * is no longer needed; if it does not, the bridge stays. Default `never`: only `call.promote()` does it.
   */
  readonly promote?: 'never' | 'rejoin' | undefined;
  /** Needed for a promotion. Default none. */
  readonly rejoin?: RejoinOptions | undefined;
  /** Limit of the request that moves somebody, and of each check of it. Default 3 000. */
  readonly moveTimeoutMs?: number | undefined;
  /** Default: the server at `server`. */
  readonly people?: PeopleService | undefined;
  /** Default: the server at `server`. */
  readonly sip?: SipService | undefined;
}

export const mergeDefaults: Readonly<{
  strategy: MergeStrategy;
  promote: 'never' | 'rejoin';
  moveTimeoutMs: number;
}> = Object.freeze({
  strategy: 'auto',
  promote: 'never',
  moveTimeoutMs: 3_000,
});

export interface ResolvedMergeOptions extends ResolvedBridgeOptions {
  readonly ways: Ways;
  readonly moveTimeoutMs: number;
  readonly people: PeopleService | undefined;
  readonly sip: SipService | undefined;
  readonly promote: 'never' | 'rejoin';
  readonly rejoin: ResolvedRejoinOptions | undefined;
}

const strategies: readonly string[] = ['auto', 'bridge', 'move'] satisfies MergeStrategy[];

export function resolveMergeOptions(options: MergeOptions): ResolvedMergeOptions {
  return { ...resolveMergeWay(options), ...resolveBridgeOptions(options) };
}

/** What does not depend on the rooms. */
export function resolveMergeWay(
  options: Omit<MergeOptions, keyof BridgeOptions>,
): Omit<ResolvedMergeOptions, keyof BridgeOptions> {
  const strategy = options.strategy ?? mergeDefaults.strategy;
  if (!strategies.includes(strategy)) throw invalid('strategy', "must be 'auto', 'bridge' or 'move'");
  const moveTimeoutMs = wholeNumber(options.moveTimeoutMs ?? mergeDefaults.moveTimeoutMs, 'moveTimeoutMs', 1);
  const server = options.server && checkServerAccess(options.server, 'server');
  const people = options.people ?? (server && connectPeopleService(server, Math.max(requestLimitMs, moveTimeoutMs)));
  if (strategy === 'move' && !people) throw invalid('server', "must be given for strategy 'move'");
  const sip = options.sip ?? (server && connectSipService(server));
  const promote = options.promote ?? mergeDefaults.promote;
  if (promote !== 'never' && promote !== 'rejoin') throw invalid('promote', "must be 'never' or 'rejoin'");
  const rejoin = options.rejoin && resolveRejoinOptions(options.rejoin);
  if (promote === 'rejoin' && !rejoin) throw invalid('rejoin', "must be given for promote 'rejoin'");
  if (rejoin && !(people && sip)) throw invalid('server', 'must be given for rejoin');
  const ways = { bridge: strategy !== 'move', move: strategy !== 'bridge' && people !== undefined };
  return { ways, moveTimeoutMs, people, sip, promote, rejoin };
}

/**
 * As long as the longest limit that is kept here, and not longer: a request that was given up is still open behind us.
 * A self-hosted server takes three seconds to say that it moves nobody. In milliseconds.
 */
const requestLimitMs = 5_000;
