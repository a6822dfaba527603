import { PhoneLabError } from '../phone-lab-error.js';
import { TWIRP_METHODS, type TwirpMethod } from './twirp-methods.js';

export type FaultAction =
  /** Responds with this error immediately, without performing the request. */
  | {
      readonly fail: {
        /** HTTP status, 400-599. */
        readonly status: number;
        /** Twirp code, such as `unavailable`. */
        readonly code: string;
        readonly msg: string;
        readonly meta?: Readonly<Record<string, string>>;
      };
    }
  /** Performs the request this much later, even if the client has disconnected meanwhile. */
  | { readonly delayMs: number }
  /** Neither performs the request nor responds. */
  | 'hang'
  /** Performs the request twice, the second time after the first response, but at most 50 ms later. The client gets the second response. */
  | 'duplicate'
  /** Performs the request, but breaks the connection instead of responding. */
  | 'drop-answer'
  | ProxyAction
  | ReorderAction;

/**
 * A proxy before the server times out: the request is performed and continues, but after `afterMs` the client gets this status
 * with an HTML page and no Twirp code, as from nginx and Envoy. An earlier response reaches the client; a connection that breaks
 * earlier is a 502.
 */
interface ProxyAction {
  readonly proxy: {
    /** HTTP status: Bad Gateway or Gateway Timeout. */
    readonly status: 502 | 504;
    /** How long the proxy waits for the server, ms. Envoy's default is 15 s, that of nginx 60 s. */
    readonly afterMs: number;
  };
}

/**
 * Performs the requests in order, but holds the responses of this many, and sends them in reverse order. If fewer have come
 * within `withinMs` (default 1000) after the first, sends theirs.
 */
export interface ReorderAction {
  /** 2 or more. */
  readonly reorder: number;
  readonly withinMs?: number;
}

export interface FaultOptions {
  /** Method of LiveKit's API, such as `CreateRoom` or `CreateSIPParticipant`, or several. */
  readonly method: TwirpMethod | readonly TwirpMethod[];
  /** How many requests the fault applies to. Default all. */
  readonly times?: number;
  /** Share of the requests that the fault applies to, more than 0 and up to 1. Default 1. */
  readonly probability?: number;
  /** Selects the affected requests, if not all: the same seed, the same ones. Default 1. */
  readonly seed?: number;
  readonly do: FaultAction;
}

export const faultDefaults: Readonly<
  Required<Pick<FaultOptions, 'times' | 'probability' | 'seed'> & Pick<ReorderAction, 'withinMs'>>
> = Object.freeze({
  times: Infinity,
  probability: 1,
  seed: 1,
  withinMs: 1000,
});

/** A fault that is in force until it is removed, or was applied `times` times. */
export interface Fault extends Disposable {
  /** The number of requests that the fault was applied to. */
  readonly hits: number;
  /** Ends the fault; requests that it was applied to are not released. Idempotent. */
  remove(): void;
}

export function checkFault(options: FaultOptions): Required<FaultOptions> {
  const checked = { ...faultDefaults, ...options };
  const { method, times, probability, seed } = checked;
  if ([method].flat().length === 0) throw refuse('method must name one method or more');
  for (const one of [method].flat()) {
    if (!TWIRP_METHODS.includes(one)) throw refuse(`method must be one of ${TWIRP_METHODS.join(', ')}, not ${one}`);
  }
  if (times !== Infinity && !(Number.isInteger(times) && times > 0)) {
    throw refuse(`times must be a whole number of 1 or more, not ${times}`);
  }
  if (!(probability > 0 && probability <= 1)) {
    throw refuse(`probability must be more than 0 and at most 1, not ${probability}`);
  }
  if (!Number.isInteger(seed)) throw refuse(`seed must be a whole number, not ${seed}`);
  checkAction(checked.do);
  return checked;
}

function checkAction(action: FaultAction): void {
  if (typeof action === 'string') {
    const known = ['hang', 'duplicate', 'drop-answer'];
    if (!known.includes(action))
      throw refuse(`do must be fail, delayMs, proxy, reorder, ${known.join(', ')}, not ${action}`);
  } else if ('fail' in action) {
    const { status } = action.fail;
    if (!(Number.isInteger(status) && status >= 400 && status <= 599)) {
      throw refuse(`do.fail.status must be from 400 to 599, not ${status}`);
    }
  } else if ('proxy' in action) {
    const { status, afterMs } = action.proxy;
    if (![502, 504].includes(status)) throw refuse(`do.proxy.status must be 502 or 504, not ${status}`);
    if (!(Number.isFinite(afterMs) && afterMs >= 0)) throw refuse(`do.proxy.afterMs must be 0 or more, not ${afterMs}`);
  } else if ('reorder' in action) {
    const { reorder, withinMs = 0 } = action;
    if (!(Number.isInteger(reorder) && reorder >= 2)) throw refuse(`do.reorder must be 2 or more, not ${reorder}`);
    if (!(Number.isFinite(withinMs) && withinMs >= 0)) throw refuse(`do.withinMs must be 0 or more, not ${withinMs}`);
  } else if (!(Number.isFinite(action.delayMs) && action.delayMs >= 0)) {
    throw refuse(`do.delayMs must be 0 or more, not ${action.delayMs}`);
  }
}

function refuse(message: string): PhoneLabError {
  return new PhoneLabError('invalid-option', message);
}
