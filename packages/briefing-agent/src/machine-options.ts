import type { voice } from '@livekit/agents';
import type { Room } from '@livekit/rtc-node';
import { BriefingError } from './briefing-error.js';
import { requireMs } from './require.js';

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

/** Fills in the defaults, and refuses what cannot be honored. */
export function checkMachine(given: MachineOptions = {}): CheckedMachine {
  const listenForBeep = given.onMachine === 'leave-message';
  const options: CheckedMachine = { ...machineDefaults, listenForBeep, ...given };
  const { detect, onMachine } = options;
  requireMs('machine.limitMs', options.limitMs);
  requireMs('machine.beepMs', options.beepMs);
  if (detect !== undefined && detect !== 'amd' && typeof detect !== 'function') {
    throw new BriefingError('invalid-option', 'machine.detect must be amd or a function');
  }
  if (typeof onMachine === 'object' ? !areKeys(onMachine.press) : !(onMachine in actions)) {
    throw new BriefingError(
      'invalid-option',
      'machine.onMachine must be decide, leave-message, or { press } with a text of keys of 0-9, *, # and w',
    );
  }
  return options;
}

const areKeys = (press: unknown): boolean => typeof press === 'string' && /^[0-9*#w]+$/.test(press);

const actions: Readonly<Record<Exclude<CheckedMachine['onMachine'], object>, true>> = {
  decide: true,
  'leave-message': true,
};
