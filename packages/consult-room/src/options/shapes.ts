import {
  flag,
  LONGEST_MS,
  object,
  oneOf,
  type OptionCheck,
  required,
  rule,
  secret,
  serverUrl,
  shape,
  type ShapeFields,
  signal,
  string,
  text,
  whole,
} from '@org/support';
import type { ServerAccess } from '../api/server-access.js';
import type { ConsultRoomOptions } from './consult-room-options.js';
import type { InviteOptions } from './invite-options.js';
import type { SignalOptions } from './signal-options.js';
import type { SweepOptions } from './sweep-options.js';

/** The server and its credentials. */
export const access: ShapeFields<ServerAccess> = {
  url: required(serverUrl),
  apiKey: required(text),
  apiSecret: required(secret),
};
export const timeoutMs: OptionCheck = whole(1, LONGEST_MS);

/** Whole seconds, the unit of the server and its tokens: anything finer would have to be rounded silently. */
export const wholeSeconds: OptionCheck = rule(
  'whole seconds, given in milliseconds (a multiple of 1000, at least 1000)',
  (value) => typeof value === 'number' && value >= 1000 && value <= LONGEST_MS && value % 1000 === 0,
);

const roomService = object(
  'a RoomServiceClient of livekit-server-sdk',
  'createRoom',
  'deleteRoom',
  'listRooms',
  'listParticipants',
  'removeParticipant',
);

const room: ShapeFields<ConsultRoomOptions & SignalOptions> = {
  ...access,
  callerRoomName: required(text),
  name: text,
  transferId: text,
  identity: text,
  kind: oneOf('agent', 'standard'),
  emptyTimeoutMs: wholeSeconds,
  departureTimeoutMs: wholeSeconds,
  maxParticipants: whole(2, LONGEST_MS),
  tokenTtlMs: wholeSeconds,
  requestTimeoutMs: timeoutMs,
  joinTimeoutMs: timeoutMs,
  closeTimeoutMs: timeoutMs,
  closeRetryMs: timeoutMs,
  roomService,
  signal,
};

/** The options of `ConsultRoom.create()` and `ConsultRoom.open()`. */
export const consultRoomOptions: OptionCheck = required(shape(room));

/** The options of `join()`. */
export const signalOptions: OptionCheck = required(shape({ signal }));

const guest: ShapeFields<InviteOptions> = {
  identity: required(text),
  name: string,
  ttlMs: wholeSeconds,
  canPublish: flag,
  hidden: flag,
};

/** The options of `invite()`. */
export const inviteOptions: OptionCheck = required(shape(guest));

const sweep: ShapeFields<SweepOptions> = {
  ...access,
  olderThanMs: required(whole(0, LONGEST_MS)),
  graceMs: whole(0, LONGEST_MS),
  dryRun: flag,
  requestTimeoutMs: timeoutMs,
  signal,
  roomService,
  sip: object(
    'a SipClient of livekit-server-sdk',
    'listSipInboundTrunk',
    'listSipDispatchRule',
    'deleteSipTrunk',
    'deleteSipDispatchRule',
  ),
};

/** The options of `sweepConsultRooms()`. */
export const sweepOptions: OptionCheck = required(shape(sweep));
