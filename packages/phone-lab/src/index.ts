// For tests of applications: the lab, its phones, and what they hear.
export { startPhoneLab } from './lab/start-phone-lab.js';
export type { PhoneLabOptions } from './options/lab-options.js';
export type { Leftover, PhoneLab } from './lab/phone-lab.js';
export type { LabWorker, LabWorkerOptions } from './lab/lab-worker.js';
export type { Phone, PhoneOptions } from './phone/phone.js';
export type { InboundCallRequest } from './phone/inbound-call-request.js';
export type { PhoneCall, PhoneCallEnd, PhoneScript } from './phone/phone-call.js';
export type { CallLine } from './phone/call-line.js';
export type { IvrMenu, IvrResult } from './phone/ivr-menu.js';
export type { VoicemailMessage } from './phone/voicemail-box.js';
export type { Refer, ReferAnswer } from './phone/refer.js';
export type { Listening } from './ears/listening.js';
export type { Ear, HeardRange } from './ears/ear.js';
export { drawWhoHeardWhom, whoHeardWhom, type Phase, type WhoHeardWhom } from './ears/who-heard-whom.js';
export type { Signature } from './tones/signature.js';
export { PhoneLabError, type PhoneLabErrorCode } from './phone-lab-error.js';

// For tests of libraries: faults of the API, the network and the line, and measures of the process.
export type { Fault, FaultAction, FaultOptions } from './faults/fault.js';
export type { TwirpMethod } from './faults/twirp-methods.js';
export type { NetworkFaults } from './network/line-network.js';
export type { ParticipantNetwork } from './network/participant-network.js';
export type { SignalingPause } from './network/signaling.js';
export type { LineOptions } from './line/line-options.js';
export { EAR_SAMPLE_RATE } from './ears/ear.js';
export { countAudioSources } from './lab/audio-sources.js';
