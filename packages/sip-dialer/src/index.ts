// For applications.
export { SipDialer } from './sip-dialer.js';
export type { SipDialerOptions } from './api/connect-clients.js';
export type { DialRequest, SipConnection } from './request/dial-request.js';
export type { NumberCheck } from './request/check-number.js';
export type { Dialer, DialOptions } from './dial/dialer.js';
export { type DialStep, observeDial, type ObservedDial } from './dial/observe-dial.js';
export type { DialAnswered, DialFailed, DialOutcome, DialProgress } from './outcome/dial-outcome.js';
export { explainSipStatus, type SipResponse } from './outcome/sip-responses.js';
export type { SipCall, SipCallEnd } from './call/sip-call.js';
export type { DtmfResult } from './call/dtmf-sender.js';
export type { ColdTransferRequest } from './cold-transfer/cold-transfer-request.js';
export type { ColdTransferResult } from './cold-transfer/cold-transfer-result.js';
export { SipDialerError, type SipDialerErrorCode } from './sip-dialer-error.js';

// For libraries and tests: checks, and the parts of the SDKs that the dialer needs.
export { plainNumber } from './request/plain-number.js';
export { validateDialRequest } from './request/plan-dial.js';
export { checkReferTo } from './cold-transfer/cold-transfer-request.js';
export type { RoomApi } from './api/room-api.js';
export type { SipApi } from './api/sip-api.js';
export type { WatchableRoom } from './api/watchable-room.js';
