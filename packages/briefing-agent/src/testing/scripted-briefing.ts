import { deferred } from '@org/support';
import { BriefingError } from '../briefing-error.js';
import type { BriefingLike } from '../briefing-like.js';
import { ConsultRecord } from '../controller/consult-transcript.js';
import type { BriefingDecision, BriefingResult, ConsultLine, LeaveHow } from '../decision/briefing-result.js';
import { Decider } from '../decision/decider.js';
import { english } from '../language/english.js';
import { defaultKeys } from '../options/keys.js';
import { sleep } from './sleep.js';

/** How a scripted briefing goes. */
export interface ScriptedBriefingOptions {
  /** What the human decides after `brief()`. Default nothing: `press()` and `leave()` play the human. */
  decision?: BriefingDecision;
  /** Until that decision. Default 0. */
  afterMs?: number;
  /** `start()` fails with this as its cause. Default: it starts. */
  startFails?: unknown;
}

/** A briefing without a room, a model or a human: for tests of what is built on one. */
export class ScriptedBriefing implements BriefingLike {
  readonly result: Promise<BriefingResult>;
  /** What was said by `say()` and `sayFixed()`: texts, and names of sentences. */
  readonly said: string[] = [];
  readonly #script: ScriptedBriefingOptions;
  readonly #settle: (result: BriefingResult) => void;
  readonly #record = new ConsultRecord();
  readonly #closed = new AbortController();
  readonly #decider = new Decider(
    { keys: defaultKeys, language: english, hasWords: false, secondOpinion: undefined },
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

  get transcript(): readonly ConsultLine[] {
    return this.#record.transcript();
  }

  async start({ signal }: { signal?: AbortSignal } = {}): Promise<void> {
    if (this.#phase !== 'new') throw new BriefingError('already-started', 'a briefing runs once');
    this.#phase = 'ready';
    const { startFails } = this.#script;
    if (signal?.aborted !== true && startFails === undefined) return;
    if (signal?.aborted !== true) this.#decider.post({ type: 'broken', cause: startFails });
    await this.close();
    if (signal?.aborted === true) throw signal.reason;
    throw new BriefingError('start-failed', 'the agent session did not start', { cause: startFails });
  }

  brief(): void {
    if (this.#decider.isAnswered || this.#decision !== undefined) return;
    if (this.#phase === 'new') throw new BriefingError('not-started', 'await start() before brief()');
    this.#record.answered();
    this.#decider.post({ type: 'answered' });
    const { decision, afterMs = 0 } = this.#script;
    if (decision !== undefined) void this.#decideLater(decision, afterMs);
  }

  /** The human presses a key: 1 accepts, 2 declines. */
  press(digit: string): void {
    this.#decider.post({ type: 'key', digit });
  }

  /** The human is no longer on the line. */
  leave(how: LeaveHow): void {
    this.#decider.post({ type: 'human-left', how });
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
    this.#decider.post({ type: 'canceled' });
    this.#closed.abort();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #decideLater(decision: BriefingDecision, afterMs: number): Promise<void> {
    if (await sleep(afterMs, this.#closed.signal)) this.#finish(decision);
  }

  /** The first decision counts. */
  #finish(decision: BriefingDecision): void {
    if (this.#decision !== undefined) return;
    this.#decision = decision;
    this.#settle({ ...decision, transcript: this.#record.transcript(), timings: this.#record.timings() });
  }
}
