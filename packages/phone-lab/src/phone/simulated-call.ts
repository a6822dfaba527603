import { setTimeout as delay } from 'node:timers/promises';
import { deferred } from '../deferred.js';
import { RecordingEar } from '../ears/recording-ear.js';
import { currentOrigin, type Origin } from '../origin/origin.js';
import { PhoneLabError } from '../phone-lab-error.js';
import type { Vocabulary } from '../tones/tone-words.js';
import type { CallEnd, CallEndHow, CallStatus, PhoneCall, ReceivedKey, StatusChange } from './phone-call.js';
import type { MovableLine } from './movable-line.js';
import type { PhoneSeat } from './phone-line.js';
import { PhoneVoice } from './phone-voice.js';
import type { Refer, ReferAnswer } from './refer.js';

export interface CallSetup {
  readonly direction: PhoneCall['direction'];
  readonly number: string;
  readonly seat: PhoneSeat;
  readonly line: MovableLine;
  readonly voice: number | undefined;
  readonly vocabulary: Vocabulary;
  readonly ownProcess: boolean;
}

/** State of one call: its line, its history, its first and only end. The steps of scripts stand on it. */
export class SimulatedCall {
  readonly setup: CallSetup;
  readonly ear: RecordingEar = new RecordingEar();
  readonly voice: PhoneVoice;
  readonly status: StatusChange[] = [];
  readonly keys: ReceivedKey[] = [];
  readonly refers: Refer[] = [];
  /** What the phone does when it is told to call another number. */
  referAnswer: ReferAnswer = 'follow';
  /** Resolves when the call is active; never rejects. */
  readonly active: Promise<void>;
  /** Resolves with the first track that the line hears. */
  readonly firstTrack: Promise<void>;
  /** Settles when the line is gone and the script done. */
  readonly finished: Promise<CallEnd>;
  readonly attributes: Record<string, string>;
  /** Where the call is; at first the room of its seat. */
  roomName: string;
  /** Empty until the line has joined. */
  participantSid = '';
  /** Who placed the call. */
  readonly origin: Origin | undefined = currentOrigin();
  readonly #active = deferred<void>();
  readonly #firstTrack = deferred<void>();
  readonly #finished = deferred<CallEnd>();
  readonly #gone = deferred<CallEnd>();
  readonly #controller = new AbortController();
  /** Resolves when the call ends. */
  readonly #over: Promise<void> = new Promise((resolve) => {
    this.#controller.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  readonly #returns: (() => void)[] = [];
  #published: Promise<void> = Promise.resolve();
  #ended: CallEnd | undefined;

  constructor(setup: CallSetup) {
    this.setup = setup;
    this.roomName = setup.seat.roomName;
    this.voice = new PhoneVoice(setup.line);
    this.attributes = { ...setup.seat.attributes };
    this.active = this.#active.promise;
    this.firstTrack = this.#firstTrack.promise;
    this.finished = this.#finished.promise;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get ended(): CallEnd | undefined {
    return this.#ended;
  }

  /** The line is gone. */
  get gone(): Promise<CallEnd> {
    return this.#gone.promise;
  }

  get current(): CallStatus | undefined {
    return this.status.at(-1)?.status;
  }

  /**
   * Joins, shows its first status and begins to publish.
   *
   * The status is set after the join, as the gateway does it: the server tells others of a change of attributes at
   * once, but of a participant who joined and publishes nothing only every three seconds.
   */
  async join(first: CallStatus): Promise<void> {
    const { line, seat } = this.setup;
    this.participantSid = await line.join(seat, {
      track: (track) => {
        this.#firstTrack.resolve();
        return this.ear.record(track);
      },
      key: (key, from) => void this.keys.push({ key, ...(from !== undefined && { from }), at: Date.now() }),
      lost: (reason) => void this.end({ how: 'disconnected', reason }),
      back: (participantSid) => this.#cameBack(participantSid),
    });
    await this.setStatus(first);
    this.#published = line.publish();
    // A line that is lost while it publishes ends the call by itself.
    this.#published.catch(() => undefined);
  }

  /** Goes on in another room. If that cannot be joined, the call ends, and this rejects. */
  async move(roomName: string): Promise<void> {
    this.throwIfEnded();
    await this.untilEndedOr(this.#published);
    const { line, seat } = this.setup;
    // From now on what happens to the old room is no concern of this call.
    this.roomName = roomName;
    try {
      this.participantSid = await line.move({ ...seat, roomName, attributes: { ...this.attributes } });
    } catch (error) {
      await this.end({ how: 'join-failed', reason: 0 });
      throw error;
    }
  }

  /** Runs the script beside the call. */
  run(script: () => Promise<void> | void): void {
    void (async () => {
      try {
        await script();
      } catch (error) {
        if (!(PhoneLabError.isInstance(error) && error.code === 'call-ended' && this.#ended)) {
          void this.end({ how: 'script-failed', reason: 1 });
          await this.gone;
          const message = `the script of phone ${this.setup.number} failed: ${error instanceof Error ? error.message : String(error)}`;
          this.#finished.reject(new PhoneLabError('script-failed', message, { cause: error }));
          return;
        }
      }
      this.#finished.resolve(await this.gone);
    })();
  }

  async setStatus(status: CallStatus, further: Readonly<Record<string, string>> = {}): Promise<void> {
    this.throwIfEnded();
    if (status === 'active') await this.published();
    const attributes = { ...further, 'sip.callStatus': status };
    Object.assign(this.attributes, attributes);
    this.status.push({ status, at: Date.now() });
    await this.untilEndedOr(this.setup.line.setAttributes(attributes));
    if (status === 'active') this.#active.resolve();
  }

  /** Resolves when the line has come back the next time. */
  nextReturn(): Promise<void> {
    return new Promise((resolve) => this.#returns.push(resolve));
  }

  /** Waits until the track is published. */
  async published(): Promise<void> {
    await this.untilEndedOr(this.#published);
  }

  throwIfEnded(): void {
    if (this.#ended)
      throw new PhoneLabError('call-ended', `the call of ${this.setup.number} is over (${this.#ended.how})`);
  }

  /** Waits, but not beyond the end of the call: then it rejects with `call-ended`. */
  async untilEndedOr<T>(promise: Promise<T>): Promise<T> {
    this.throwIfEnded();
    promise.catch(() => undefined);
    return Promise.race([promise, this.#rejection()]).catch((error: unknown) => {
      this.throwIfEnded();
      throw error;
    });
  }

  async pause(forMs: number): Promise<void> {
    this.throwIfEnded();
    try {
      await delay(forMs, undefined, { signal: this.signal });
    } catch {
      this.throwIfEnded(); // Only the end of the call aborts the delay.
    }
  }

  /** Does something after a while, unless the call has ended by then. Never rejects. */
  async after(waitMs: number, act: () => Promise<void>): Promise<void> {
    try {
      await delay(waitMs, undefined, { signal: this.signal, ref: false });
    } catch {
      return; // The call ended first.
    }
    await act();
  }

  /** Ends the call; only the first end counts. Resolves when the line is gone. */
  async end(end: Omit<CallEnd, 'at'>): Promise<void> {
    if (!this.#ended) {
      this.#ended = { ...end, at: Date.now() };
      this.voice.close();
      this.#controller.abort();
      const { line } = this.setup;
      const hangsUp = (['hung-up', 'transferred', 'time-limit', 'script-failed'] as CallEndHow[]).includes(end.how);
      if (hangsUp) {
        this.attributes['sip.callStatus'] = 'hangup';
        this.status.push({ status: 'hangup', at: Date.now() });
        // The line may be lost at the same moment.
        await line.setAttributes({ 'sip.callStatus': 'hangup' }).catch(() => undefined);
      }
      await line.leave(end.reason);
      this.#gone.resolve(this.#ended);
    }
    await this.gone;
  }

  #cameBack(participantSid: string): void {
    if (participantSid !== this.participantSid) {
      // A new participant knows only what its token says. A line that is lost meanwhile ends the call by itself.
      this.setup.line.setAttributes({ ...this.attributes }).catch(() => undefined);
      this.participantSid = participantSid;
    }
    for (const act of this.#returns.splice(0)) act();
  }

  async #rejection(): Promise<never> {
    await this.#over;
    this.throwIfEnded();
    throw new PhoneLabError('call-ended', 'the call is over');
  }
}
