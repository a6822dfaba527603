import { deferred, required } from '@org/support';
import type { WatchableRoom } from '../api/watchable-room.js';
import { type Clock, pause } from '../clock.js';
import type { LegPlace } from '../leg/leg-observer.js';
import { sendDtmfOptions } from '../options/dial-request-shape.js';
import { dtmf } from '../options/dtmf-rule.js';
import { type DtmfPlan, parseDtmf, roomKeyStepMs } from '../options/parse-dtmf.js';
import { validate } from '../options/validate.js';
import { SipDialerError } from '../sip-dialer-error.js';
import { publishKey } from './publish-key.js';

export interface SendDtmfOptions {
  /** Aborting skips the keys that are not sent yet. */
  readonly signal?: AbortSignal | undefined;
}

/** The result of `sendDtmf()`. */
export interface DtmfResult {
  /** `call-ended`: the call ended before the phone heard all keys. `canceled`: `signal` aborted before the last key. */
  readonly status: 'sent' | 'call-ended' | 'canceled';
  /** The number of keys that were sent; a `w` is no key. */
  readonly pressed: number;
}

export interface DtmfSenderParts {
  readonly clock: Clock;
  readonly place: LegPlace;
  readonly watch: WatchableRoom | Promise<WatchableRoom> | undefined;
  /** Aborts when the call ends. */
  readonly ended: AbortSignal;
}

/** Sends DTMF to the only phone of a room. Later calls wait for earlier ones. */
export class DtmfSender {
  readonly #parts: DtmfSenderParts;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(parts: DtmfSenderParts) {
    this.#parts = parts;
  }

  async send(keys: string, options: SendDtmfOptions): Promise<DtmfResult> {
    const plan = planKeys(keys, options);
    const joined = requireJoinedRoom(this.#parts.watch);
    const before = this.#queue;
    const pressing = this.#sendKeys(plan.keys, joined, before, options.signal);
    this.#queue = Promise.allSettled([before, pressing]);
    return pressing;
  }

  async #sendKeys(
    keys: string,
    joined: WatchableRoom | Promise<WatchableRoom>,
    before: Promise<unknown>,
    signal: AbortSignal | undefined,
  ): Promise<DtmfResult> {
    const { ended, clock, place } = this.#parts;
    const stop = deferred<void>();
    const stopNow = (): void => stop.resolve();
    for (const aborting of [ended, signal]) aborting?.addEventListener('abort', stopNow, { once: true });
    const halted = (): DtmfResult['status'] | undefined =>
      ended.aborted ? 'call-ended' : signal?.aborted === true ? 'canceled' : undefined;
    let pressed = 0;
    try {
      if (halted() === undefined) await Promise.race([before, stop.promise]);
      // `publishKey` throws if the room could not be joined.
      const room = halted() === undefined ? await Promise.race([ignoreFailure(joined), stop.promise]) : undefined;
      for (const key of keys) {
        const status = halted();
        if (status !== undefined) return { status, pressed };
        if (key !== 'w') {
          await publishKey(room, key, clock, place);
          pressed += 1;
        }
        await pause(clock, roomKeyStepMs(key), stop.promise);
      }
      return { status: ended.aborted ? 'call-ended' : 'sent', pressed };
    } finally {
      for (const aborting of [ended, signal]) aborting?.removeEventListener('abort', stopNow);
    }
  }
}

async function ignoreFailure(joined: WatchableRoom | Promise<WatchableRoom>): Promise<WatchableRoom | void> {
  return Promise.resolve(joined).catch(() => undefined);
}

/** @throws SipDialerError `invalid-option` for keys that no phone has, and for invalid options */
export function planKeys(keys: string, options: SendDtmfOptions): DtmfPlan {
  validate(required(dtmf), keys, 'keys');
  validate(sendDtmfOptions, options, 'options');
  return parseDtmf(keys);
}

/** @throws SipDialerError `missing-option` without a room through which keys can be sent */
export function requireJoinedRoom(watch: DtmfSenderParts['watch']): WatchableRoom | Promise<WatchableRoom> {
  if (watch !== undefined) return watch;
  const sentence = "sendDtmf needs the phone's room, joined: give watch with the request to dial";
  throw new SipDialerError('missing-option', sentence, { option: 'watch' });
}
