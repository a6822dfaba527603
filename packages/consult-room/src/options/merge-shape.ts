import {
  callback,
  checkWhole,
  flag,
  list,
  object,
  type OptionCheck,
  type OptionProblem,
  oneOf,
  problem,
  required,
  rule,
  shape,
  type ShapeFields,
  signal,
  text,
  whole,
} from '@org/support';
import type { MergeSettings } from './check-merge-options.js';
import type { MergeOptions, MergeRequest } from './merge-options.js';
import type { RejoinOptions } from './rejoin-options.js';
import { access, limitMs, wholeSeconds } from './shapes.js';
import { refuse } from './validate.js';

const gateway = rule(
  "an address without a user, such as 'sip:host:5060;transport=tcp'",
  (value) => typeof value === 'string' && /^sips?:[\w.\-[\]:]+(?:;[\w=.;-]+)?$/.test(value),
);

const rejoin: ShapeFields<RejoinOptions> = {
  gateway: required(gateway),
  allowedAddresses: list(text),
  hidePhoneNumber: flag,
  timeoutMs: wholeSeconds,
  requestTimeoutMs: limitMs,
};

/** Other names are allowed, such as those of a job's `info`: none of these three can be misspelled unnoticed. */
const server: OptionCheck = (value, option) => {
  const known = [option, ...Object.keys(access).map((name) => `${option}.${name}`)];
  return shape(access)(value, option).filter((found) => known.includes(found.option));
};

const settings: ShapeFields<MergeSettings> = {
  strategy: oneOf('auto', 'bridge', 'move'),
  supportsMove: flag,
  server,
  promote: oneOf('never', 'rejoin'),
  rejoin: shape(rejoin),
  moveTimeoutMs: whole(1, 600_000),
  proofTimeoutMs: limitMs,
  closeTimeoutMs: limitMs,
  onWarning: callback,
  people: object(
    'a RoomServiceClient of livekit-server-sdk',
    'moveParticipant',
    'listParticipants',
    'listRooms',
    'removeParticipant',
    'updateSubscriptions',
  ),
  sip: object(
    'a SipClient of livekit-server-sdk',
    'createSipInboundTrunk',
    'createSipDispatchRule',
    'listSipInboundTrunk',
    'listSipDispatchRule',
    'deleteSipTrunk',
    'deleteSipDispatchRule',
    'transferSipParticipant',
  ),
};

const connectedRoom = required(object('a Room of @livekit/rtc-node', 'on', 'off'));

const merge: ShapeFields<MergeOptions> = {
  ...settings,
  callerRoom: connectedRoom,
  callerIdentity: required(text),
  consultRoom: connectedRoom,
  humanIdentity: required(text),
};

const mergeOptions: OptionCheck = required(shape(merge));
const mergeSettings: OptionCheck = required(shape(settings));

const request: ShapeFields<MergeRequest> = { signal, withholdMs: whole(0, 10_000) };

/** What `merge()` takes. */
export const mergeRequest: OptionCheck = required(shape(request));

/** @throws ConsultRoomError `invalid-option`, about all options at fault */
export function validateMergeOptions(options: MergeOptions): void {
  refuse(checkWhole(mergeOptions, options));
  refuse(missingParts(options));
  const { callerRoom, consultRoom } = options;
  if (callerRoom === consultRoom) refuse([problem('consultRoom', 'must not be the room the caller is in')]);
}

/** @throws ConsultRoomError `invalid-option`, about all options at fault */
export function validateMergeSettings(options: MergeSettings): void {
  refuse(checkWhole(mergeSettings, options));
  refuse(missingParts(options));
}

/** Options that others need. */
function missingParts(given: MergeSettings): OptionProblem[] {
  const canMove = given.server !== undefined || given.people !== undefined;
  const canRejoin = given.server !== undefined || (given.people !== undefined && given.sip !== undefined);
  const needs: readonly (readonly [isMissing: boolean, option: string, reason: string])[] = [
    [given.strategy === 'move' && !canMove, 'server', "must be given for `strategy: 'move'`"],
    [given.promote === 'rejoin' && given.rejoin === undefined, 'rejoin', "must be given for `promote: 'rejoin'`"],
    [given.rejoin !== undefined && !canRejoin, 'server', 'must be given for `rejoin`'],
  ];
  return needs.filter(([isMissing]) => isMissing).map(([, option, reason]) => problem(option, reason));
}
