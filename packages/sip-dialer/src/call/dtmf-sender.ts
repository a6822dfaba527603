import { createRedactor } from '../api/redactor.js';
import { deferred, required } from '@org/support';
import { type Clock, pause, within } from '../clock.js';
import { sendDtmfOptions } from '../options/dial-request-shape.js';
import { validate } from '../options/validate.js';
import { dtmf } from '../options/dtmf-rule.js';
import { type DtmfPlan, parseDtmf, roomKeyStepMs } from '../options/parse-dtmf.js';
import { SipDialerError } from '../sip-dialer-error.js';
import type { LegPlace } from '../leg/leg-observer.js';
import type { DtmfSender, WatchableRoom } from '../api/watchable-room.js';

export interface SendDtmfOptions {
  /** Aborting leaves out the keys that are not pressed yet. */
  readonly signal?: AbortSignal | undefined;
}

/** How pressing keys went. */
export interface DtmfResult {
  /** `call-ended`: the call was over before the phone had heard all. `canceled`: `signal` aborted before the last key. */
  readonly status: 'sent' | 'call-ended' | 'canceled';
  /** How many keys were pressed; a `w` is none. */
  readonly pressed: number;
}

export interface KeypadParts {
  readonly clock: Clock;
  readonly place: LegPlace;
  readonly watch: WatchableRoom | Promise<WatchableRoom> | undefined;
  /** Aborts when the call is over. */
  readonly over: AbortSignal;
}

/** For one key to leave our client. */
const publishLimitMs = 5_000;

/** Presses keys on the one phone of a room; what is asked for later waits for what was asked for before. */
export class Keypad {
  readonly #parts: KeypadParts;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(parts: KeypadParts) {
    this.#parts = parts;
  }

  async press(keys: string, options: SendDtmfOptions): Promise<DtmfResult> {
    const plan = planKeys(keys, options);
    const joined = requireJoinedRoom(this.#parts.watch);
    const before = this.#queue;
    const pressing = this.#press(plan.keys, joined, before, options.signal);
    this.#queue = Promise.allSettled([before, pressing]);
    return pressing;
  }

  async #press(
    keys: string,
    joined: WatchableRoom | Promise<WatchableRoom>,
    before: Promise<unknown>,
    signal: AbortSignal | undefined,
  ): Promise<DtmfResult> {
    const { over, clock, place } = this.#parts;
    const stop = deferred<void>();
    const stopNow = (): void => stop.resolve();
    for (const aborting of [over, signal]) aborting?.addEventListener('abort', stopNow, { once: true });
    const halted = (): DtmfResult['status'] | undefined =>
      over.aborted ? 'call-ended' : signal?.aborted === true ? 'canceled' : undefined;
    let pressed = 0;
    try {
      if (halted() === undefined) await Promise.race([before, stop.promise]);
      // A room that could not be joined is refused below, when a key is to be pressed.
      const room = halted() === undefined ? await Promise.race([ignoreFailure(joined), stop.promise]) : undefined;
      for (const key of keys) {
        const status = halted();
        if (status !== undefined) return { status, pressed };
        if (key !== 'w') {
          await publish(senderIn(room, place), key, clock, place);
          pressed += 1;
        }
        await pause(clock, roomKeyStepMs(key), stop.promise);
      }
      return { status: over.aborted ? 'call-ended' : 'sent', pressed };
    } finally {
      for (const aborting of [over, signal]) aborting?.removeEventListener('abort', stopNow);
    }
  }
}

async function ignoreFailure(joined: WatchableRoom | Promise<WatchableRoom>): Promise<WatchableRoom | void> {
  return Promise.resolve(joined).catch(() => undefined);
}

/** @throws SipDialerError `invalid-option` for keys that no phone has, and for options that are none */
export function planKeys(keys: string, options: SendDtmfOptions): DtmfPlan {
  validate(required(dtmf), keys, 'keys');
  validate(sendDtmfOptions, options, 'options');
  return parseDtmf(keys);
}

/** Refuses to press keys without a room to press them in. */
export function requireJoinedRoom(watch: KeypadParts['watch']): WatchableRoom | Promise<WatchableRoom> {
  if (watch !== undefined) return watch;
  const sentence = "sendDtmf needs the phone's room, joined: give watch with the request to dial";
  throw new SipDialerError('missing-option', sentence, { option: 'watch' });
}

/** Looked up before each key: the room may be lost, or get a second phone, between two of them. */
function senderIn(room: WatchableRoom | void, { roomName, identity }: LegPlace): DtmfSender {
  const sender = room?.localParticipant;
  if (room === undefined || sender === undefined || !room.isConnected) {
    throw new SipDialerError('keys-unsent', 'the room given as watch is not joined (any more)', { option: 'watch' });
  }
  if (room.name !== undefined && room.name !== roomName) {
    throw new SipDialerError('keys-unsent', "the room given as watch is not the phone's room", { option: 'watch' });
  }
  for (const other of room.remoteParticipants.values()) {
    if (other.identity === identity || other.attributes['sip.callID'] === undefined) continue;
    throw new SipDialerError('keys-unsent', 'there is another phone in the room, which would get the keys too');
  }
  return sender;
}

/** Event codes of RFC 4733 section 3.2. */
const eventCodes = '0123456789*#abcd';

async function publish(sender: DtmfSender, key: string, clock: Clock, place: LegPlace): Promise<void> {
  const sending = sender.publishDtmf(eventCodes.indexOf(key), key).then(() => 'sent' as const);
  try {
    if ((await within(clock, publishLimitMs, sending)) === 'sent') return;
  } catch (thrown) {
    const redact = createRedactor([place.identity, place.roomName]);
    const message = redact(thrown instanceof Error ? thrown.message : String(thrown));
    throw new SipDialerError('keys-unsent', `a key could not be sent: ${message}`);
  }
  throw new SipDialerError('keys-unsent', `a key could not be sent within ${publishLimitMs} ms`);
}
