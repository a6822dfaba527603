import { randomUUID } from 'node:crypto';
import type { Promotion } from '@org/consult-room';
import { promotionNote } from './outcome/promotion-warning.js';
import { AttemptLog } from './telemetry/attempt-history.js';
import { connectPorts, type Connected } from './wiring/create-ports.js';
import type { MergedCall } from './outcome/merged-call.js';
import type { TransferFacts, TransferOutcome, TransferTimings } from './outcome/outcome.js';
import { outcomeToSpeech, type Speakable } from './outcome/describe-outcome.js';
import { PhaseLog } from './outcome/phase-history.js';
import { UserPolicy } from './adapters/policy-resolver.js';
import { onSessionClosing } from './session/on-session-closing.js';
import { runOptions } from './options/transfer-shape.js';
import { validate } from './options/checks/validate.js';
import { TransferObserver } from './telemetry/transfer-telemetry.js';
import { CallerClaim } from './runtime/active-transfers.js';
import { TransferRun } from './runtime/transfer-runner.js';
import { callOf } from './runtime/create-call.js';
import { TransferEvents } from './outcome/transfer-events.js';
import type { WarmTransferOptions } from './options/transfer-options.js';
import { statusOf, type TransferStatusNow } from './outcome/transfer-phase.js';
import { WarmTransferError } from './warm-transfer-error.js';

/**
 * One warm transfer of one caller to a human agent; the outcome is a value.
 *
 * Everything that can be wrong with the options is refused by the constructor, before anybody is put on hold.
 */
export class WarmTransfer implements AsyncDisposable {
  /** In the consult rooms' metadata and in every event. */
  readonly transferId: string = randomUUID();
  /** Every change of phase, for listeners and for `for await`. */
  readonly events: TransferEvents = new TransferEvents((cause) => this.#note(cause));
  readonly #options: WarmTransferOptions;
  readonly #connected: Connected;
  readonly #notes: unknown[] = [];
  readonly #abort: AbortController = new AbortController();
  readonly #attempts: AttemptLog;
  readonly #observer: TransferObserver;
  readonly #claim: CallerClaim;
  #started = false;
  #ready: Promise<void> | undefined;
  #run: TransferRun | undefined;
  #released: Promise<void> | undefined;

  /** @throws WarmTransferError `invalid-option`, about all options at fault, or `no-session` */
  constructor(options: WarmTransferOptions) {
    this.#options = options;
    this.#connected = connectPorts(options, this.transferId, this.#note, (event) => this.events.tellWait(event));
    const { room, callerIdentity } = this.#connected.location;
    this.#claim = new CallerClaim(room, callerIdentity, this.transferId);
    this.#observer = new TransferObserver({
      transferId: this.transferId,
      logger: options.logger,
      targetOf: this.#connected.targetOf,
      note: (cause) => this.#notes.push(cause),
    });
    this.#attempts = new AttemptLog(
      this.#connected.targetOf,
      (attemptId) => this.#run?.portsOf(attemptId)?.briefing.transcript() ?? [],
    );
    this.events.addListenersOf(options);
  }

  /** Where it stands, with caller and human agent in the words of LiveKit's transfer guide. */
  get state(): TransferStatusNow {
    return statusOf(this.#run?.state ?? { phase: 'idle' });
  }

  /**
   * @internal Claims the caller before `run()`, which then finds them claimed; false when another transfer has them, and
   * `run()` will say so. One that is not run must be closed.
   */
  claim(): boolean {
    return this.#claim.take() === undefined;
  }

  /**
   * Creates the first consult room and publishes a silent hold track: the phone rings and hold audio is heard sooner after
   * `run()`, for an agent that finishes a sentence before. `run()` reports what goes wrong. Without `run()`, `close()` it.
   */
  prepare(): void {
    if (!this.#started && !this.#abort.signal.aborted) this.#connected.prepare();
  }

  /**
   * Runs the transfer. Resolves as soon as the outcome stands: connected, or the caller back with the AI (or gone).
   * Never rejects for what a person, a phone network or a server does.
   *
   * @throws WarmTransferError `already-started` when called twice, `unsupported-framework`, `encrypted`; HoldAudioError for
   *   a clip that cannot be played.
   */
  async run(options: { readonly signal?: AbortSignal } = {}): Promise<TransferOutcome> {
    validate(runOptions, options);
    const { signal } = options;
    if (this.#started) throw new WarmTransferError('already-started', 'a transfer runs once; make a new one');
    this.#started = true;
    const { ports, location, limits, setup, makeReady, tellCaller } = this.#connected;
    const { policy, abortSignal, session } = this.#options;
    const enough = AbortSignal.any([this.#abort.signal, signal, abortSignal].filter((given) => given !== undefined));
    this.#ready = makeReady(enough);
    try {
      await this.#ready;
    } catch (error) {
      void this.#release();
      this.events.close();
      throw error;
    }
    const startedAt = ports.clock.now();
    const log = new PhaseLog(this.transferId, startedAt);
    const unwatch = onSessionClosing(session, () => this.cancel(new Error('the session of the caller is closing')));
    const run = new TransferRun({
      ports: {
        ...ports,
        policy: new UserPolicy(policy, () => this.#attempts.records()),
      },
      limits,
      setup,
      signal: enough,
      onNote: this.#note,
      onStep: (state) => {
        this.#attempts.see(state, ports.clock.now());
        this.#observer.see(state, ports.clock.now());
      },
      onState: (state) => {
        const event = log.enter(state, ports.clock.now());
        if (event === undefined) return;
        this.#observer.phase(event);
        this.events.tell(event);
        tellCaller(event);
      },
    });
    const running = this.#claim.take();
    if (running !== undefined) {
      unwatch();
      void this.#release();
      this.events.close();
      return this.#outcome({ status: 'already-running', runningTransferId: running }, log.timings(startedAt));
    }
    this.#run = run;
    void this.#followEnd(run);
    this.#observer.began(startedAt, location.callerRoomName, location.callerIdentity);
    run.start();
    const settlement = await run.settled;
    unwatch();
    const timings = log.timings(ports.clock.now());
    if (settlement.kind === 'connected') {
      const { humanIdentity: humanAgentIdentity, attemptId } = settlement;
      const call = callOf(run, attemptId, this.#note);
      this.#accompany(call, attemptId);
      return this.#settled({ status: 'connected', humanAgentIdentity, call }, timings);
    }
    const { kind: _kind, ...ending } = settlement.ending;
    return this.#settled({ ...ending, caller: settlement.caller }, timings);
  }

  /**
   * Cancels a transfer that is under way, hangs up a connected call, and resolves when everything of ours is released.
   * Idempotent, never throws.
   */
  async close(): Promise<void> {
    this.cancel();
    if (this.#run === undefined) this.events.close();
    this.#run?.dispatch({ type: 'hang-up' });
    if (!this.#started) void this.#release();
    await this.closed();
  }

  /** Cancels a transfer that has no outcome yet; does nothing to a connected call. */
  cancel(reason: unknown = new Error('the transfer was canceled')): void {
    this.#abort.abort(reason);
  }

  /** Resolves when everything of ours is released, by itself. */
  async closed(): Promise<void> {
    // Told by run(), which then has gone on already.
    await this.#ready?.catch(() => undefined);
    await this.#run?.ended;
    await this.#released;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  readonly #note = (cause: unknown): void => {
    this.#notes.push(cause);
    this.#observer.noted(cause);
  };

  /** What goes on beside a call that has begun. */
  #accompany(call: MergedCall, attemptId: string): void {
    const { transferId } = this;
    const name = this.#attempts.records().find((record) => record.attemptId === attemptId)?.name;
    const { humanAgentIdentity } = call;
    const who = { transferId, humanAgentIdentity, ...(name === undefined ? {} : { humanAgentName: name }) };
    this.#connected.speakTo(call, who);
    void this.#endWith(call);
    void call.promotion?.then(this.#promoted);
  }

  async #endWith(call: MergedCall): Promise<void> {
    const over = await call.ended;
    await this.closed();
    await this.#connected.onCallEnded(over).catch(this.#note);
  }

  readonly #promoted = (promotion: Promotion): void => {
    const refused = promotionNote(promotion);
    if (refused !== undefined) this.#note(refused);
    this.#observer.promoted(promotion);
    this.events.tellPromotion(promotion);
  };

  /** What was prepared and not used: the claim, a consult room that nobody was called into, and a hold track. */
  #release(): Promise<void> {
    this.#claim.release();
    this.#released ??= this.#connected.release().catch(this.#note);
    return this.#released;
  }

  async #followEnd(run: TransferRun): Promise<void> {
    // A caller who has the AI back can be transferred again while the room of the last attempt still closes.
    if ((await run.settled).kind === 'connected') await run.callOver;
    this.#claim.release();
    const over = await run.ended;
    await this.#release();
    this.#observer.ended(over);
    this.events.close();
  }

  #settled(what: Speakable, timings: TransferTimings): TransferOutcome {
    const outcome = this.#outcome(what, timings);
    this.#observer.settled(outcome);
    return outcome;
  }

  #outcome(what: Speakable, timings: TransferTimings): TransferOutcome {
    const attempts = this.#attempts.records();
    const facts: TransferFacts = {
      transferId: this.transferId,
      timings,
      attempts,
      transcript: attempts.findLast(({ transcript }) => transcript.length > 0)?.transcript ?? [],
      notes: this.#notes,
      toSpeech: () => outcomeToSpeech(what),
    };
    return { ...what, ...facts };
  }
}
