import {
  callback,
  flag,
  list,
  object,
  oneOf,
  type OptionCheck,
  required,
  rule,
  shape,
  type ShapeFields,
  signal,
  text,
  whole,
} from '@org/support';
import type { MergeOptions, MergeRequest, MergeSettings } from './merge-options.js';
import type { RejoinOptions } from './rejoin-options.js';
import { access, timeoutMs, wholeSeconds } from './shapes.js';

const gateway = rule(
  "an address without a user, such as 'sip:host:5060;transport=tcp'",
  (value) => typeof value === 'string' && /^sips?:[\w.\-[\]:]+(?:;[\w=.;-]+)?$/.test(value),
);

const rejoin: ShapeFields<RejoinOptions> = {
  gateway: required(gateway),
  allowedAddresses: list(text),
  hidePhoneNumber: flag,
  timeoutMs: wholeSeconds,
  requestTimeoutMs: timeoutMs,
};

/** Allows other names, such as those of a job's `info`: all three of these are required, so that none can be misspelled unnoticed. */
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
  verifyTimeoutMs: timeoutMs,
  closeTimeoutMs: timeoutMs,
  onWarning: callback,
  participants: object(
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

/** The options of `createMerge()`. */
export const mergeOptions: OptionCheck = required(shape(merge));

/** The same, without the rooms and identities. */
export const mergeSettings: OptionCheck = required(shape(settings));

const request: ShapeFields<MergeRequest> = { signal, withholdMs: whole(0, 10_000) };

/** The options of `merge()`. */
export const mergeRequest: OptionCheck = required(shape(request));
