// For applications.
export { SipDialer } from './sip-dialer.js';
export type { SipDialerOptions } from './api/connect-clients.js';
export type { DialRequest, MediaEncryption, SipConnection, SipMedia } from './request/dial-request.js';
export type { NumberCheck } from './request/check-number.js';
export { plainNumber } from './request/plain-number.js';
export { validateDialRequest } from './request/plan-dial.js';
export type { Dialer, DialOptions } from './dial/dialer.js';
export { type DialStep, observeDial, type ObservedDial } from './dial/observe-dial.js';
export type {
  DialAnswered,
  DialFailed,
  DialFailureStatus,
  DialOutcome,
  DialProgress,
  DialTimings,
} from './outcome/dial-outcome.js';
export { explainSipStatus, type SipResponse } from './outcome/sip-responses.js';
export type { SipCall, SipCallEnd } from './call/sip-call.js';
export type { DtmfResult, SendDtmfOptions } from './call/dtmf-sender.js';
export {
  type CallTransferOptions,
  checkReferTo,
  type ColdTransferOptions,
  type ColdTransferRequest,
} from './cold-transfer/cold-transfer-request.js';
export type {
  ColdTransferRefused,
  ColdTransferResult,
  ColdTransferUnconfirmed,
} from './cold-transfer/cold-transfer-result.js';
export {
  type OptionFault,
  SipDialerError,
  type SipDialerErrorCode,
  type SipDialerErrorDetails,
} from './sip-dialer-error.js';

// For libraries and tests: the parts of the SDKs that the dialer needs.
export type { RoomApi, RoomApiParticipant } from './api/room-api.js';
export type { SipApi, SipApiConnection, SipApiParticipant } from './api/sip-api.js';
export type { DtmfPublisher, WatchableParticipant, WatchableRoom, WatchableRoomEvent } from './api/watchable-room.js';
export type { DisconnectReasonName } from './leg/disconnect-reason.js';
