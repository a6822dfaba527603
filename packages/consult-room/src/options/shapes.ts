import {
  flag,
  object,
  type OptionCheck,
  oneOf,
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
  LONGEST_MS,
} from '@org/support';
import type { InviteOptions } from './invite-options.js';
import type { ConsultRoomOptions } from './consult-room-options.js';
import type { Cancelable } from './signal-options.js';
import type { ServerAccess } from '../api/server-access.js';
import type { SweepOptions } from './sweep-options.js';

/** Where the server is, and with what it lets us in. */
export const access: ShapeFields<ServerAccess> = {
  url: required(serverUrl),
  apiKey: required(text),
  apiSecret: required(secret),
};
export const limitMs: OptionCheck = whole(1, LONGEST_MS);

/** The server and its tokens count whole seconds: anything finer could only be replaced in silence. */
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

const room: ShapeFields<ConsultRoomOptions & Cancelable> = {
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
  requestTimeoutMs: limitMs,
  joinTimeoutMs: limitMs,
  closeTimeoutMs: limitMs,
  closeRetryMs: limitMs,
  roomService,
  signal,
};

/** What `ConsultRoom.create()` and `ConsultRoom.open()` take. */
export const consultRoomOptions: OptionCheck = required(shape(room));

/** What `join()` takes. */
export const cancelable: OptionCheck = required(shape({ signal }));

const guest: ShapeFields<InviteOptions> = {
  identity: required(text),
  name: string,
  ttlMs: wholeSeconds,
  canPublish: flag,
  hidden: flag,
};

/** What `invite()` takes. */
export const inviteOptions: OptionCheck = required(shape(guest));

const sweep: ShapeFields<SweepOptions> = {
  ...access,
  olderThanMs: required(whole(0, LONGEST_MS)),
  graceMs: whole(0, LONGEST_MS),
  dryRun: flag,
  requestTimeoutMs: limitMs,
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

/** What `sweepConsultRooms()` takes. */
export const sweepOptions: OptionCheck = required(shape(sweep));
