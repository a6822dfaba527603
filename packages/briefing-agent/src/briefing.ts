import { deferred, within } from '@org/support';
import { BriefingError } from './briefing-error.js';
import type { BriefingLike } from './briefing-like.js';
import { BriefingController } from './controller/briefing-controller.js';
import { watchHuman } from './controller/watch-human.js';
import type { BriefingResult, TranscriptTurn } from './decision/briefing-result.js';
import type { BriefingSentenceName } from './language/briefing-language.js';
import type { BriefingOptions } from './options/briefing-options.js';
import { sayOptions, sentenceName, startOptions } from './options/briefing-shape.js';
import { parseBriefingOptions, type ParsedOptions } from './options/parse-briefing-options.js';
import type { SayOptions } from './options/say-options.js';
import type { BriefingSentence } from './options/sentences.js';
import { validate, validateText } from './options/validate.js';

/**
 * Briefs one human agent about one caller, and returns their decision.
 *
 * Call `start()` while the phone rings and `brief()` when it is answered, and await `result`. Then call `mute()` to hand the
 * line over, or `sayFixed()` for a last sentence, and always `close()`. The room is neither left nor deleted.
 */
export class Briefing implements BriefingLike {
  /** Settles once, at the latest by `close()`, and never rejects. */
  readonly result: Promise<BriefingResult>;
  readonly #options: ParsedOptions;
  readonly #controller: BriefingController;
  #phase: 'new' | 'starting' | 'ready' | 'muted' | 'closed' = 'new';
  #unwatchHuman: (() => void) | undefined;
  #closing: Promise<void> | undefined;

  /** @throws BriefingError `invalid-option` */
  constructor(options: BriefingOptions) {
    this.#options = parseBriefingOptions(options);
    const { promise, resolve } = deferred<BriefingResult>();
    this.result = promise;
    this.#controller = new BriefingController(this.#options, resolve);
  }

  /** The turns that either side has said so far. */
  get transcript(): readonly TranscriptTurn[] {
    return this.#controller.transcript.turns();
  }

  /**
   * Starts the agent session: it listens to the human agent's line and says nothing yet (a realtime model listens from
   * `brief()` on). Starts to write a summary of the conversation and to synthesize the greeting, without waiting for either.
   *
   * @throws BriefingError `invalid-option`, `already-started`, `room-not-connected`, `start-failed`; or the reason of the
   * signal. After the last two, the session is closed and `result` is settled.
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
      () => this.#controller.decider.isAnswered,
      (event) => this.#controller.dispatch(event),
    );
    const opening = scope.run(() => this.#controller.open());
    try {
      await within(limits.startMs, opening, throwNotStarted, { signal });
      if (this.#phase === 'starting') {
        this.#phase = 'ready';
        return;
      }
    } catch (cause) {
      if (signal?.aborted === true && cause === signal.reason) {
        await this.close();
        throw cause;
      }
      this.#controller.dispatch({ type: 'broken', cause });
    }
    await this.close();
    const { decision } = this.#controller.decider;
    const cause = decision?.type === 'failed' ? decision.cause : undefined;
    throw new BriefingError('start-failed', 'the agent session did not start', { cause });
  }

  /**
   * Begins the briefing: the human agent has answered. Greets them immediately, or listens to them if `greeting` is `null`.
   * The limits run from here. Has no effect when called again, or after the decision.
   *
   * @throws BriefingError `not-started`
   */
  brief(): void {
    if (this.#controller.decider.isAnswered || this.#controller.decider.decision !== undefined) return;
    const { session } = this.#controller;
    if (this.#phase === 'new' || this.#phase === 'starting' || session === undefined) {
      throw new BriefingError('not-started', 'await start() before brief()');
    }
    this.#controller.onAnswered(session);
  }

  /**
   * Says a fixed string after interrupting the agent, and waits until it has been said. Also works after the decision. Ends
   * early with `timeoutMs` (default `limits.sayMs`), the signal, or a voice that fails. Has no effect when muted or closed.
   *
   * @throws BriefingError `invalid-option`
   */
  async say(text: string, options: SayOptions = {}): Promise<void> {
    validateText('text', text);
    validate(sayOptions, options);
    if (this.#phase === 'ready') await this.#say(text, options);
  }

  /**
   * Says one of the fixed sentences, as `say()` does. Has no effect when the sentence is `null`.
   *
   * @throws BriefingError `invalid-option`
   */
  async sayFixed(name: BriefingSentenceName, options: SayOptions = {}): Promise<void> {
    validate(sentenceName, name, 'name');
    validate(sayOptions, options);
    const sentence = this.#options.sentences.get(name);
    if (this.#phase === 'ready' && sentence !== null && sentence !== '') await this.#say(sentence, options);
  }

  /** Interrupts the agent and stops it from speaking and listening, for the merge. */
  mute(): void {
    if (this.#phase !== 'ready') return;
    this.#phase = 'muted';
    this.#controller.session?.mute();
  }

  /** Closes the session and unpublishes its track, within `limits.closeMs`. Idempotent, never throws. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #say(sentence: BriefingSentence, options: SayOptions): Promise<void> {
    const { timeoutMs = this.#options.limits.sayMs, signal, afterBeep = false } = options;
    if (afterBeep) await this.#controller.beep.wait(signal);
    await this.#controller.session?.say(sentence, { timeoutMs, signal });
  }

  async #close(): Promise<void> {
    this.#phase = 'closed';
    this.#unwatchHuman?.();
    await this.#controller.close();
  }
}

function throwNotStarted(afterMs: number): never {
  throw new Error(`not started after ${afterMs} ms`);
}
