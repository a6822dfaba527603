import { givenOf } from '@org/support';
import { validateMergeOptions } from './merge-shape.js';
import { isLiveKitCloud } from '../api/is-livekit-cloud.js';
import { connectPeopleService } from '../api/participant-service.js';
import type { PeopleService } from '../api/participant-service.js';
import { resolveRejoinOptions } from './rejoin-options.js';
import type { RejoinOptions, ResolvedRejoinOptions } from './rejoin-options.js';
import { connectSipService } from '../api/sip-service.js';
import type { SipService } from '../api/sip-service.js';
import type { Cancelable } from './signal-options.js';
import { guardOnWarning } from '../async/guard-handler.js';
import type { ServerAccess } from '../api/server-access.js';
import { bridgeDefaults } from './bridge-options.js';
import type { BridgeOptions, ResolvedBridgeOptions } from './bridge-options.js';

export type MergeStrategy = 'auto' | 'bridge' | 'move';

export interface MergeOptions extends BridgeOptions {
  /**
   * `bridge`: this process relays the voices; works on every server. `move`: the server moves the human agent into the
   * caller's room; LiveKit Cloud only. `auto`: a `bridge`, but asks a server that supports it to move the human agent
   * first, and opens the bridge when it refuses, or has not answered within a second. A move that happens later takes
   * over. Default `auto`.
   */
  readonly strategy?: MergeStrategy | undefined;
  /**
   * Whether the server moves participants, so that `auto` asks it to. Default: whether the host of `server` is LiveKit
   * Cloud's, `*.livekit.cloud`.
   */
  readonly supportsMove?: boolean | undefined;
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

export interface MergeRequest extends Cancelable {
  /**
   * From the opening of a bridge, how long silence is relayed in place of the human agent, in milliseconds: what they said
   * before it is still on its way through buffers, and was not meant for the caller. At most 10 000. Default 0.
   */
  readonly withholdMs?: number | undefined;
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

/** The ways of merging that the options and the server allow. A further way adds a field here and phases below. */
export interface Ways {
  readonly bridge: boolean;
  readonly move: boolean;
}

export interface ResolvedMergeOptions extends ResolvedBridgeOptions {
  readonly ways: Ways;
  readonly moveTimeoutMs: number;
  readonly people: PeopleService | undefined;
  readonly sip: SipService | undefined;
  readonly promote: 'never' | 'rejoin';
  readonly rejoin: ResolvedRejoinOptions | undefined;
}

/** @throws ConsultRoomError `invalid-option`, about all options at fault */
export function resolveMergeOptions(options: MergeOptions): ResolvedMergeOptions {
  validateMergeOptions(options);
  const { callerRoom, callerIdentity, consultRoom, humanIdentity } = options;
  const { proofTimeoutMs, closeTimeoutMs } = { ...bridgeDefaults, ...givenOf(options) };
  return {
    ...resolveMergeWay(options),
    callerRoom,
    callerIdentity,
    consultRoom,
    humanIdentity,
    proofTimeoutMs,
    closeTimeoutMs,
    onWarning: guardOnWarning(options.onWarning),
  };
}

/** The part of valid options that does not depend on the rooms. */
export function resolveMergeWay(
  options: Omit<MergeOptions, keyof BridgeOptions>,
): Omit<ResolvedMergeOptions, keyof BridgeOptions> {
  const { strategy, promote, moveTimeoutMs } = { ...mergeDefaults, ...givenOf(options) };
  const { server, supportsMove = server !== undefined && isLiveKitCloud(server.url) } = options;
  const people = options.people ?? (server && connectPeopleService(server, Math.max(requestLimitMs, moveTimeoutMs)));
  const sip = options.sip ?? (server && connectSipService(server));
  const mayMove = strategy === 'move' || (strategy === 'auto' && supportsMove);
  const ways = { bridge: strategy !== 'move', move: mayMove && people !== undefined };
  const rejoin = options.rejoin && resolveRejoinOptions(options.rejoin);
  return { ways, moveTimeoutMs, people, sip, promote, rejoin };
}

/**
 * As long as the longest limit that is kept here, and not longer: a request that was given up is still open behind us.
 * A self-hosted server takes three seconds to say that it moves nobody. In milliseconds.
 */
const requestLimitMs = 5_000;
