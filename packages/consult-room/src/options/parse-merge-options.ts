import { givenOf, type OptionProblem, problem } from '@org/support';
import { isLiveKitCloud } from '../api/is-livekit-cloud.js';
import { connectParticipantService } from '../api/participant-service.js';
import { connectSipService } from '../api/sip-service.js';
import { guardOnWarning } from '../async/guard-handler.js';
import type { MergeOptions, MergeParties, MergeSettings, ParsedMergeOptions } from './merge-options.js';
import { mergeOptions, mergeSettings } from './merge-shape.js';
import { parseRejoinOptions } from './rejoin-options.js';
import { throwProblems, validate } from './validate.js';

const defaults = {
  strategy: 'auto',
  promote: 'never',
  moveTimeoutMs: 3_000,
  verifyTimeoutMs: 2_000,
  closeTimeoutMs: 2_000,
} as const;

/**
 * Timeout of a request in the SDK's client, in milliseconds. It is as long as the longest timeout of this package, and not
 * longer, since a request that was abandoned stays open in the background. A self-hosted server takes three seconds to
 * answer that it does not move participants.
 */
const requestTimeoutMs = 5_000;

/** @throws ConsultRoomError `invalid-option`, with all invalid options */
export function parseMergeOptions(options: MergeOptions): ParsedMergeOptions {
  validateMergeOptions(options);
  const { callerRoom, callerIdentity, consultRoom, humanIdentity } = options;
  return { ...completeSettings(options), callerRoom, callerIdentity, consultRoom, humanIdentity };
}

/** Adds the defaults and the clients of the server to valid settings. */
export function completeSettings(settings: MergeSettings): Omit<ParsedMergeOptions, keyof MergeParties> {
  const { strategy, promote, moveTimeoutMs, verifyTimeoutMs, closeTimeoutMs } = { ...defaults, ...givenOf(settings) };
  const { server, supportsMove = server !== undefined && isLiveKitCloud(server.url) } = settings;
  const participants =
    settings.participants ?? (server && connectParticipantService(server, Math.max(requestTimeoutMs, moveTimeoutMs)));
  const mayMove = strategy === 'move' || (strategy === 'auto' && supportsMove);
  return {
    ways: { bridge: strategy !== 'move', move: mayMove && participants !== undefined },
    moveTimeoutMs,
    verifyTimeoutMs,
    closeTimeoutMs,
    participants,
    sip: settings.sip ?? (server && connectSipService(server)),
    promote,
    rejoin: settings.rejoin && parseRejoinOptions(settings.rejoin),
    onWarning: guardOnWarning(settings.onWarning),
  };
}

function validateMergeOptions(options: MergeOptions): void {
  validate(mergeOptions, options);
  throwProblems(missingParts(options));
  const { callerRoom, consultRoom } = options;
  if (callerRoom === consultRoom) throwProblems([problem('consultRoom', 'must not be the room the caller is in')]);
}

/**
 * Validates the settings of a merge before the rooms exist.
 *
 * @throws ConsultRoomError `invalid-option`, with all invalid options
 */
export function validateMergeSettings(given: MergeSettings): void {
  validate(mergeSettings, given);
  throwProblems(missingParts(given));
}

/** Returns the options that are missing although others need them. */
function missingParts(given: MergeSettings): OptionProblem[] {
  const canMove = given.server !== undefined || given.participants !== undefined;
  const canRejoin = given.server !== undefined || (given.participants !== undefined && given.sip !== undefined);
  const needs: readonly (readonly [isMissing: boolean, option: string, reason: string])[] = [
    [given.strategy === 'move' && !canMove, 'server', "must be given for `strategy: 'move'`"],
    [given.promote === 'rejoin' && given.rejoin === undefined, 'rejoin', "must be given for `promote: 'rejoin'`"],
    [given.rejoin !== undefined && !canRejoin, 'server', 'must be given for `rejoin`'],
  ];
  return needs.filter(([isMissing]) => isMissing).map(([, option, reason]) => problem(option, reason));
}
