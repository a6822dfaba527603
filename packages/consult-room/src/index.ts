// For applications.
export { ConsultRoom } from './room/consult-room.js';
export type { CloseReport } from './room/close-report.js';
export type { ParticipantLeft } from './room/participant-left.js';
export type { ConsultRoomOptions } from './options/consult-room-options.js';
export type { InviteOptions } from './options/invite-options.js';
export { createMerge } from './strategy/create-merge.js';
export type { CallMerge, CallMergeResult } from './strategy/call-merge.js';
export type { MergeOptions } from './options/merge-options.js';
export type { MergeEnd } from './merge/merge-result.js';
export type { MergedCall, MergedCallEnd } from './call/merged-call.js';
export type { CallStatistics, VoiceFrame } from './call/call-media.js';
export type { Promotion } from './call/promotion.js';
export type { HangUpReport } from './call/hang-up.js';
export { type SweepItem, sweepConsultRooms } from './sweep/sweep-consult-rooms.js';
export type { SweepOptions } from './options/sweep-options.js';
export { ConsultRoomError, type ConsultRoomErrorCode } from './consult-room-error.js';

// For libraries and tests.
export { validateConsultRoomOptions } from './options/consult-room-options.js';
export type { MergeSettings } from './options/merge-options.js';
export { validateMergeSettings } from './options/parse-merge-options.js';
export { hangUpParticipants, type HangUpService, type ParticipantLocation } from './call/hang-up.js';
export { isEncrypted } from './merge/encryption.js';
export { watchParticipantLeft } from './room/watch-participant-left.js';
