export {
  EAR_SAMPLE_RATE,
  type Ear,
  type HeardClick,
  type HeardGap,
  type HeardLeak,
  type HeardOptions,
  type HeardRange,
  type HeardTrack,
  type HeardWindow,
} from './ears/ear.js';
export type { Listening } from './ears/listening.js';
export { drawWhoHeardWhom, whoHeardWhom, type Phase, type WhoHeardWhom } from './ears/who-heard-whom.js';
export { faultDefaults, type Fault, type FaultAction, type FaultOptions, type ProxyAction } from './faults/fault.js';
export type { TwirpMethod } from './faults/twirp-methods.js';
export { cloudDefaults, type CloudOptions } from './options/cloud-options.js';
export type { SignalingPause } from './network/signaling.js';
export { countAudioSources } from './lab/audio-sources.js';
export { phoneLabDefaults, type PhoneLabOptions } from './options/lab-options.js';
export type { UnroutedCalls } from './options/unrouted-calls.js';
export type { Leftover, PhoneLab } from './lab/phone-lab.js';
export type { InboundCallRequest } from './phone/inbound-call-request.js';
export { startPhoneLab } from './lab/start-phone-lab.js';
export type { LineNetwork, NetworkFaults, PacketFaults } from './network/line-network.js';
export type { ParticipantNetwork } from './network/participant-network.js';
export { PhoneLabError, type PhoneLabErrorCode } from './phone-lab-error.js';
export type { CallLine, LineLoss, ReconnectOptions } from './phone/call-line.js';
export { ivrDefaults, type IvrMenu, type IvrResult } from './phone/ivr-menu.js';
export type { LineOptions } from './line/line-options.js';
export { echoDefaults, type LineSound } from './line/line-sound.js';
export type { PeopleSteps, SpeakOptions, Speech, TalkOverOptions } from './phone/people-steps.js';
export type { Phone, PhoneOptions, SpeechOptions } from './phone/phone.js';
export type {
  CallEnd,
  CallEndHow,
  CallStatus,
  LateAnswer,
  PhoneCall,
  PhoneScript,
  ReceivedKey,
  StatusChange,
  WaitToHearOptions,
} from './phone/phone-call.js';
export type { AudioPiece, PlayableAudio } from './phone/playable-audio.js';
export type { SpokenPrompt } from './phone/spoken-prompt.js';
export { voicemailDefaults, type VoicemailMessage, type VoicemailOptions } from './phone/voicemail-box.js';
export type { Refer, ReferAnswer } from './phone/refer.js';
export type { Signature } from './tones/signature.js';
export { labWorkerDefaults, type LabWorker, type LabWorkerOptions } from './lab/lab-worker.js';
