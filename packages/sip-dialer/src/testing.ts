export { ScriptedClock } from './testing/scripted-clock.js';
export type { Clock } from './clock.js';
export {
  ScriptedServer,
  type ScriptedRequest,
  type ScriptedServerOptions,
  type ScriptedTransferRequest,
  scriptedTrunk,
} from './testing/scripted-server.js';
export type { ScriptedTransfer } from './testing/scripted-transfer.js';
export type { ScriptedCall } from './testing/scripted-call.js';
export type { ScriptedLeg, ScriptedRoom } from './testing/scripted-room.js';
export type { ScriptedPhone, ScriptedPhoneBehavior, ScriptedPhoneTiming } from './testing/scripted-phone.js';
export { type ScriptedDial, ScriptedDialer, ScriptedSipCall } from './testing/scripted-dialer.js';
export { dialerContract } from './testing/dialer-contract.js';
export type { ContractCallee, DialerContractCase, DialerHarness } from './testing/dialer-harness.js';
