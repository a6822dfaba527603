export { SipDialer } from './sip-dialer.js';
export type { SipDialerOptions } from './api/connect-clients.js';
export type { Dialer, DialOptions } from './dial/dialer.js';
export { type DialStep, followDial, type FollowedDial } from './dial/observe-dial.js';
export {
  type DialRequest,
  dialRequestDefaults,
  type MediaEncryption,
  type SipConnection,
  type SipMedia,
} from './request/dial-request.js';
export { validateDialRequest } from './request/plan-dial.js';
export type { NumberCheck } from './request/check-number.js';
export { plainNumber } from './request/plain-number.js';
export type {
  DialAnswered,
  DialFailed,
  DialFailureStatus,
  DialOutcome,
  DialProgress,
  DialTimings,
} from './outcome/dial-outcome.js';
export { explainSipStatus, type SipResponse } from './outcome/sip-responses.js';
export type { DisconnectReasonName } from './leg/disconnect-reason.js';
export type { CallEnd, SipCall } from './call/sip-call.js';
export type { DtmfResult, SendDtmfOptions } from './call/dtmf-sender.js';
export type { DtmfSender, WatchableParticipant, WatchableRoom, WatchableRoomEvent } from './api/watchable-room.js';
export {
  type CallTransferOptions,
  checkReferTo,
  coldTransferDefaults,
  type ColdTransferOptions,
  type ColdTransferRequest,
} from './cold-transfer/cold-transfer-request.js';
export type {
  ColdTransferRefused,
  ColdTransferResult,
  ColdTransferUnheard,
} from './cold-transfer/cold-transfer-result.js';
export type { SipApi, SipApiConnection, SipApiParticipant } from './api/sip-api.js';
export type { ListedParticipant, RoomApi } from './api/room-api.js';
export {
  type OptionFault,
  SipDialerError,
  type SipDialerErrorCode,
  type SipDialerErrorDetails,
} from './sip-dialer-error.js';
