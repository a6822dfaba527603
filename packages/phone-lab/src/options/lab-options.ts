import { PhoneLabError } from '../phone-lab-error.js';
import { checkPhoneOptions } from '../phone/check-phone-options.js';
import { checkCloudOptions, type CloudOptions } from './cloud-options.js';
import type { UnroutedCalls } from './unrouted-calls.js';
import type { Vocabulary } from '../tones/tone-words.js';

export interface PhoneLabOptions {
  /** The words that every phone can say. Default none. */
  readonly vocabulary?: Vocabulary;
  /** Id of the one outbound trunk. Default `ST_phonelab`. */
  readonly trunkId?: string;
  /** Number of that trunk. Default `+15550100000`. */
  readonly trunkNumber?: string;
  /** How long `close()` waits for resources to end by themselves before it reports them as left behind. Default 5000. */
  readonly graceMs?: number;
  /**
   * Whether the API answers as LiveKit Cloud: `MoveParticipant` moves phones, and a request for the node of a room or participant
   * that does not exist is 503 `unavailable`. Otherwise it responds as a self-hosted server. `true` uses the defaults of
   * {@link CloudOptions}. Default false.
   */
  readonly cloud?: boolean | CloudOptions;
  /**
   * The end of an inbound call that no trunk or rule routes: it rings without an answer (`'ring'`), or the phone gets SIP 404
   * (`'reject'`). Default as the version of the server that the lab starts: 404 since 1.13.8. A server that was running before
   * does not report its version without a join, so that the default is `'ring'`.
   */
  readonly unroutedCalls?: UnroutedCalls;
  /**
   * Whether timers, sockets, child processes and worker threads count as left behind that programs in this process open from
   * now on, do not close, and do not `unref()`; resources of packages do not count. It slows down promises. Default
   * false.
   */
  readonly watchProcess?: boolean;
  /** Aborts the start. A lab that has started must be closed by its owner. */
  readonly signal?: AbortSignal;
}

const phoneLabDefaults: Readonly<Required<Omit<PhoneLabOptions, 'signal' | 'unroutedCalls'>>> = Object.freeze({
  vocabulary: Object.freeze({}),
  trunkId: 'ST_phonelab',
  trunkNumber: '+15550100000',
  // The server holds a request about a participant who has just left for 3 s.
  graceMs: 5000,
  cloud: false,
  watchProcess: false,
});

export type CheckedLabOptions = Omit<typeof phoneLabDefaults, 'cloud'> & {
  readonly cloud: Required<CloudOptions> | undefined;
  readonly unroutedCalls: UnroutedCalls | undefined;
};

export function checkLabOptions(options: PhoneLabOptions): CheckedLabOptions {
  const { cloud, unroutedCalls, ...others } = { ...phoneLabDefaults, unroutedCalls: undefined, ...options };
  const checked = { ...others, cloud: checkCloudOptions(cloud), unroutedCalls };
  for (const name of ['trunkId', 'trunkNumber'] as const) {
    if (checked[name].trim() === '') throw new PhoneLabError('invalid-option', `${name} must not be empty`);
  }
  if (!Number.isFinite(checked.graceMs) || checked.graceMs < 0) {
    throw new PhoneLabError('invalid-option', `graceMs must be 0 or more, not ${checked.graceMs}`);
  }
  if (unroutedCalls !== undefined && !['ring', 'reject'].includes(unroutedCalls)) {
    throw new PhoneLabError('invalid-option', `unroutedCalls must be ring or reject, not ${unroutedCalls}`);
  }
  checkPhoneOptions({ vocabulary: checked.vocabulary });
  return checked;
}
