import { deferred } from '@org/support';
import { BriefingError } from '../briefing-error.js';
import type { BriefingLike } from '../briefing-like.js';
import { ConsultTranscript } from '../controller/consult-transcript.js';
import type { BriefingDecision, BriefingResult, DisconnectHow, TranscriptTurn } from '../decision/briefing-result.js';
import { Decider } from '../decision/decider.js';
import { englishBriefing } from '../language/english.js';
import { defaultKeys } from '../options/keys.js';
import { sleep } from './sleep.js';

/** Options of a {@link ScriptedBriefing}. */
export interface ScriptedBriefingOptions {
  /** The human agent's decision after `brief()`. Default none: `press()` and `leave()` simulate the human agent. */
  decision?: BriefingDecision;
  /** Time until that decision, in milliseconds. Default 0. */
  afterMs?: number;
  /** The cause with which `start()` fails. Default none: it starts. */
  startFails?: unknown;
}

/** A briefing without a room, a model or a human agent, for tests of code that uses one. */
export class ScriptedBriefing implements BriefingLike {
  readonly result: Promise<BriefingResult>;
  /** Strings from `say()`, and names of sentences from `sayFixed()`. */
  readonly said: string[] = [];
  readonly #script: ScriptedBriefingOptions;
  readonly #settle: (result: BriefingResult) => void;
  readonly #transcript = new ConsultTranscript();
  readonly #closed = new AbortController();
  readonly #decider = new Decider(
    { keys: defaultKeys, language: englishBriefing, hasWords: false, secondOpinion: undefined },
    (decision) => this.#finish(decision),
  );
  #decision: BriefingDecision | undefined;
  #phase: 'new' | 'ready' | 'muted' | 'closed' = 'new';

  constructor(script: ScriptedBriefingOptions = {}) {
    this.#script = script;
    const { promise, resolve } = deferred<BriefingResult>();
    this.result = promise;
    this.#settle = resolve;
  }

  get transcript(): readonly TranscriptTurn[] {
    return this.#transcript.turns();
  }

  async start({ signal }: { signal?: AbortSignal } = {}): Promise<void> {
    if (this.#phase !== 'new') throw new BriefingError('already-started', 'a briefing runs once');
    this.#phase = 'ready';
    const { startFails } = this.#script;
    if (signal?.aborted !== true && startFails === undefined) return;
    if (signal?.aborted !== true) this.#decider.dispatch({ type: 'broken', cause: startFails });
    await this.close();
    if (signal?.aborted === true) throw signal.reason;
    throw new BriefingError('start-failed', 'the agent session did not start', { cause: startFails });
  }

  brief(): void {
    if (this.#decider.isAnswered || this.#decision !== undefined) return;
    if (this.#phase === 'new') throw new BriefingError('not-started', 'await start() before brief()');
    this.#transcript.onAnswered();
    this.#decider.dispatch({ type: 'answered' });
    const { decision, afterMs = 0 } = this.#script;
    if (decision !== undefined) void this.#decideLater(decision, afterMs);
  }

  /** Simulates a key of the human agent: 1 accepts, 2 declines. */
  press(digit: string): void {
    this.#decider.dispatch({ type: 'key', digit });
  }

  /** Simulates the human agent's departure. */
  leave(how: DisconnectHow): void {
    this.#decider.dispatch({ type: 'human-disconnected', how });
  }

  async say(text: string): Promise<void> {
    if (this.#phase === 'ready') this.said.push(text);
  }

  sayFixed(name: string): Promise<void> {
    return this.say(name);
  }

  mute(): void {
    if (this.#phase === 'ready') this.#phase = 'muted';
  }

  async close(): Promise<void> {
    this.#phase = 'closed';
    this.#decider.dispatch({ type: 'canceled' });
    this.#closed.abort();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #decideLater(decision: BriefingDecision, afterMs: number): Promise<void> {
    if (await sleep(afterMs, this.#closed.signal)) this.#finish(decision);
  }

  /** Settles the first decision. */
  #finish(decision: BriefingDecision): void {
    if (this.#decision !== undefined) return;
    this.#decision = decision;
    this.#settle({ ...decision, transcript: this.#transcript.turns(), timings: this.#transcript.timings() });
  }
}
