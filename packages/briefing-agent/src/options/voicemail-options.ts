import type { voice } from '@livekit/agents';
import type { Room } from '@livekit/rtc-node';
import { withDefaults } from '@org/support';

export type MachineVerdict = 'human' | 'machine' | 'unknown';

/** What a detector of your own may look at. Stop when the signal is aborted. */
export interface DetectionCall {
  readonly session: voice.AgentSession;
  readonly room: Room;
  readonly humanIdentity: string;
  readonly signal: AbortSignal;
}

export type DetectMachine = (call: DetectionCall) => Promise<MachineVerdict>;

export interface MachineOptions {
  /**
   * Who tells a machine from a person, from the answer on. `amd` is the detection of `@livekit/agents` with the
   * session's own models; the agent's first words wait for it, up to `limitMs`. A function runs beside the briefing.
   * Default none: the model has its tool.
   */
  detect?: 'amd' | DetectMachine;
  /** For the detection; then it is `unknown`, and the briefing goes on. With `amd` less than `limits.replyMs`. Default 5000. */
  limitMs?: number;
  /**
   * What is done with a machine, also one that the model heard. `decide`: `voicemail` at once. `leave-message`: the
   * `voicemail` sentence after the beep, then `voicemail`. `{ press }`: keys through a menu (`w` waits half a second),
   * and the briefing begins anew with whoever comes. Default `decide`.
   */
  onMachine?: 'decide' | 'leave-message' | { readonly press: string };
  /** For the beep, from the verdict; then the message is left without. Default 8000. */
  beepMs?: number;
  /**
   * Listens for the beep from the answer on, so that one is not missed that comes before the decision: for
   * `sayFixed('voicemail', { afterBeep: true })`. Default only with `leave-message`.
   */
  listenForBeep?: boolean;
}

export const machineDefaults: {
  readonly limitMs: number;
  readonly onMachine: 'decide';
  readonly beepMs: number;
} = Object.freeze({ limitMs: 5000, onMachine: 'decide', beepMs: 8000 });

export type CheckedMachine = MachineOptions & Required<Omit<MachineOptions, 'detect'>>;

/** Fills in the defaults of options that have been checked. */
export function withMachineDefaults(given: MachineOptions = {}): CheckedMachine {
  const listenForBeep = given.onMachine === 'leave-message';
  return withDefaults<CheckedMachine>({ ...machineDefaults, listenForBeep }, given);
}
