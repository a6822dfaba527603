import { PhoneLabError } from '../phone-lab-error.js';
import { checkPhoneOptions } from '../phone/check-phone-options.js';
import type { Vocabulary } from '../tones/tone-words.js';

export interface PhoneLabOptions {
  /** Words that every phone can say. Default none. */
  readonly vocabulary?: Vocabulary;
  /** Id of the one outbound trunk. Default `ST_phonelab`. */
  readonly trunkId?: string;
  /** Number of that trunk. Default `+15550100000`. */
  readonly trunkNumber?: string;
  /** How long the end of the lab waits for things to go by themselves before it calls them left behind. Default 2000. */
  readonly graceMs?: number;
  /**
   * Whether `MoveParticipant` moves phones, as on LiveKit Cloud; otherwise it is not implemented, as on every self-hosted
   * server. Default false.
   */
  readonly cloud?: boolean;
  /**
   * Whether timers, sockets, child processes and worker threads count as left behind that programs in this process open from
   * now on, do not close, and do not `unref()`; what packages open on their own account does not. It slows down promises. Default
   * false.
   */
  readonly watchProcess?: boolean;
  /** Stops the start; the lab that has started is closed by its owner. */
  readonly signal?: AbortSignal;
}

export const phoneLabDefaults: Readonly<Required<Omit<PhoneLabOptions, 'signal'>>> = Object.freeze({
  vocabulary: Object.freeze({}),
  trunkId: 'ST_phonelab',
  trunkNumber: '+15550100000',
  graceMs: 2000,
  cloud: false,
  watchProcess: false,
});

export type CheckedLabOptions = typeof phoneLabDefaults;

export function checkLabOptions(options: PhoneLabOptions): CheckedLabOptions {
  const checked = { ...phoneLabDefaults, ...options };
  for (const name of ['trunkId', 'trunkNumber'] as const) {
    if (checked[name].trim() === '') throw new PhoneLabError('invalid-option', `${name} must not be empty`);
  }
  if (!Number.isFinite(checked.graceMs) || checked.graceMs < 0) {
    throw new PhoneLabError('invalid-option', `graceMs must be 0 or more, not ${checked.graceMs}`);
  }
  checkPhoneOptions({ vocabulary: checked.vocabulary });
  return checked;
}
