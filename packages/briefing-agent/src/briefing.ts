import { deferred } from '@org/support';
import { BriefingError } from './briefing-error.js';
import type { BriefingLike } from './briefing-like.js';
import { BriefingCourse } from './controller/briefing-controller.js';
import { watchHuman } from './controller/watch-human.js';
import type { BriefingResult, ConsultLine } from './decision/briefing-result.js';
import type { SentenceName } from './language/briefing-language.js';
import type { BriefingOptions } from './options/briefing-options.js';
import { sayOptions, sentenceName, startOptions } from './options/briefing-shape.js';
import { type CheckedOptions, checkOptions } from './options/parse-briefing-options.js';
import type { SayOptions } from './options/say-options.js';
import type { Sentence } from './options/sentences.js';
import { requireText, validate } from './options/validate.js';
import { settleWithin } from './settle-within.js';

/**
 * Briefs one human about one caller, and brings back their decision.
 *
 * `start()` while the phone rings, `brief()` when it is answered, await `result`; then `mute()` to hand the line over
 * or `sayFixed()` something last, and in every case `close()`. The room is used, never left and never deleted.
 */
export class Briefing implements BriefingLike {
  /** Settles once, at the latest by `close()`, and never rejects. */
  readonly result: Promise<BriefingResult>;
  readonly #options: CheckedOptions;
  readonly #course: BriefingCourse;
  #phase: 'new' | 'starting' | 'ready' | 'muted' | 'closed' = 'new';
  #unwatchHuman: (() => void) | undefined;
  #closing: Promise<void> | undefined;

  /** @throws BriefingError `invalid-option` */
  constructor(options: BriefingOptions) {
    this.#options = checkOptions(options);
    const { promise, resolve } = deferred<BriefingResult>();
    this.result = promise;
    this.#course = new BriefingCourse(this.#options, resolve);
  }

  /** What has been said on the line so far, by either side. */
  get transcript(): readonly ConsultLine[] {
    return this.#course.record.transcript();
  }

  /**
   * Starts the agent session: it listens to the human's line and says nothing yet (a realtime model listens from
   * `brief()` on). A summary of the conversation begins to be written, and the greeting to be synthesized; nothing waits for
   * either.
   *
   * @throws BriefingError `invalid-option`, `already-started`, `room-not-connected`, `start-failed`; or the reason of the
   * signal. After the latter two nothing is left running, and `result` is settled.
   */
  async start(options: { signal?: AbortSignal } = {}): Promise<void> {
    validate(startOptions, options);
    const { signal } = options;
    if (this.#phase !== 'new') throw new BriefingError('already-started', 'a briefing runs once');
    const { room, limits, humanIdentity, scope } = this.#options;
    if (!room.isConnected) throw new BriefingError('room-not-connected', 'join the room before the briefing starts');
    this.#phase = 'starting';
    this.#unwatchHuman = watchHuman(
      room,
      humanIdentity,
      () => this.#course.decider.isAnswered,
      (event) => this.#course.post(event),
    );
    const opening = scope.run(() => this.#course.open());
    const started = await settleWithin(opening, { limitMs: limits.startMs, signal });
    if (started.type === 'done' && this.#phase === 'starting') {
      this.#phase = 'ready';
      return;
    }
    if (started.type === 'threw') this.#course.post({ type: 'broken', cause: started.error });
    if (started.type === 'late') {
      this.#course.post({ type: 'broken', cause: new Error(`not started after ${limits.startMs} ms`) });
    }
    await this.close();
    if (started.type === 'aborted') throw signal?.reason;
    const { decision } = this.#course.decider;
    const cause = decision?.type === 'failed' ? decision.cause : undefined;
    throw new BriefingError('start-failed', 'the agent session did not start', { cause });
  }

  /**
   * The human has answered: greets them at once, or listens to them if `greeting` is `null`. The limits run from here.
   * Has no effect the second time, and none after the decision.
   *
   * @throws BriefingError `not-started`
   */
  brief(): void {
    if (this.#course.decider.isAnswered || this.#course.decider.decision !== undefined) return;
    const { line } = this.#course;
    if (this.#phase === 'new' || this.#phase === 'starting' || line === undefined) {
      throw new BriefingError('not-started', 'await start() before brief()');
    }
    this.#course.answer(line);
  }

  /**
   * Says a text that no model has a hand in, and waits until it has been said; cuts off what is being said.
   * Also after the decision. Bounded by `limitMs` (default `limits.sayMs`) and the signal; a voice that fails ends it
   * early. Without effect when muted or closed.
   *
   * @throws BriefingError `invalid-option`
   */
  async say(text: string, options: SayOptions = {}): Promise<void> {
    requireText('text', text);
    validate(sayOptions, options);
    if (this.#phase === 'ready') await this.#say(text, options);
  }

  /**
   * Says one of the fixed sentences, as `say()` does; nothing where it was set to `null`.
   *
   * @throws BriefingError `invalid-option`
   */
  async sayFixed(name: SentenceName, options: SayOptions = {}): Promise<void> {
    validate(sentenceName, name, 'name');
    validate(sayOptions, options);
    const sentence = this.#options.sentences.get(name);
    if (this.#phase === 'ready' && sentence !== null && sentence !== '') await this.#say(sentence, options);
  }

  /** The agent neither speaks nor listens any more; what it is saying is cut off. For the moment of the merge. */
  mute(): void {
    if (this.#phase !== 'ready') return;
    this.#phase = 'muted';
    this.#course.line?.mute();
  }

  /** Closes the session and takes its track out of the room, within a limit. Idempotent, never throws. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #say(sentence: Sentence, options: SayOptions): Promise<void> {
    const { limitMs = this.#options.limits.sayMs, signal, afterBeep = false } = options;
    if (afterBeep) await this.#course.beep.wait(signal);
    await this.#course.line?.say(sentence, { limitMs, signal });
  }

  async #close(): Promise<void> {
    this.#phase = 'closed';
    this.#unwatchHuman?.();
    await this.#course.close();
  }
}
