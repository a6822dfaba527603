import { anySignal } from '@org/support';
import { randomUUID } from 'node:crypto';
import type { Promotion } from '@org/consult-room';
import { promotionWarning } from './outcome/promotion-warning.js';
import { createPorts, type TransferWiring } from './wiring/create-ports.js';
import type { ConnectedCall } from './outcome/connected-call.js';
import type { TransferOutcome } from './outcome/outcome.js';
import { PolicyResolver } from './adapters/policy-resolver.js';
import { onSessionClosing } from './session/on-session-closing.js';
import { runOptions } from './options/transfer-shape.js';
import { validate } from './options/checks/validate.js';
import { TransferRecorder } from './telemetry/transfer-recorder.js';
import { CallerClaim } from './runtime/active-transfers.js';
import { TransferRunner } from './runtime/transfer-runner.js';
import { createCall } from './runtime/create-call.js';
import { TransferEvents } from './outcome/transfer-events.js';
import type { WarmTransferOptions } from './options/transfer-options.js';
import { getStatus, type TransferSnapshot } from './outcome/transfer-phase.js';
import { WarmTransferError } from './warm-transfer-error.js';

/**
 * One warm transfer of one caller to a human agent; the outcome is a value. Invalid options are rejected by the
 * constructor, before the caller is put on hold.
 */
export class WarmTransfer implements AsyncDisposable {
  /** ID in the consult rooms' metadata and in every event. */
  readonly transferId: string = randomUUID();
  /** The changes of phase, for listeners and for `for await`. */
  readonly events: TransferEvents = new TransferEvents((cause) => this.#recorder.warn(cause));
  readonly #options: WarmTransferOptions;
  readonly #wiring: TransferWiring;
  readonly #abort: AbortController = new AbortController();
  readonly #recorder: TransferRecorder;
  readonly #claim: CallerClaim;
  #started = false;
  #ready: Promise<void> | undefined;
  #run: TransferRunner | undefined;
  #released: Promise<void> | undefined;

  /** @throws WarmTransferError `invalid-option`, with all invalid options, or `no-session` */
  constructor(options: WarmTransferOptions) {
    this.#options = options;
    const { transferId } = this;
    const warn = (cause: unknown): void => this.#recorder.warn(cause);
    // Validates the options, before any of them is read.
    this.#wiring = createPorts(options, transferId, warn, (event) => this.events.emitWait(event));
    this.#recorder = new TransferRecorder({
      transferId,
      logger: options.logger,
      findTarget: this.#wiring.findTarget,
      getTranscript: (attemptId) => this.#run?.portsOf(attemptId)?.briefing.transcript() ?? [],
    });
    const { room, callerIdentity } = this.#wiring.location;
    this.#claim = new CallerClaim(room, callerIdentity, transferId);
    this.events.addListenersOf(options);
  }

  /** The current state, with caller and human agent in the terms of LiveKit's transfer guide. */
  get state(): TransferSnapshot {
    return getStatus(this.#run?.state ?? { phase: 'idle' });
  }

  /**
   * @internal Claims the caller before `run()`; false if another transfer has the caller, as the outcome of `run()`
   * will be. A transfer that is not run must be closed.
   */
  claim(): boolean {
    return this.#claim.take() === undefined;
  }

  /**
   * Creates the first consult room and publishes a silent hold track, so that the phone rings and hold audio is heard
   * sooner after `run()`: for an agent that finishes a sentence before. `run()` reports failures. Without `run()`, call
   * `close()`.
   */
  prepare(): void {
    if (!this.#started && !this.#abort.signal.aborted) this.#wiring.prepare();
  }

  /**
   * Runs the transfer. Resolves as soon as the outcome is final: connected, or the caller returned to the AI (or gone).
   * Never rejects because of a participant, a phone network or a server.
   *
   * @throws WarmTransferError `already-started` if called twice, `unsupported-framework`, `encrypted`; HoldAudioError
   * for a clip that cannot be played.
   */
  async run(options: { readonly signal?: AbortSignal } = {}): Promise<TransferOutcome> {
    validate(runOptions, options);
    const { signal } = options;
    if (this.#started) throw new WarmTransferError('already-started', 'a transfer runs once; create a new one');
    this.#started = true;
    const { ports, location, limits, setup, prepareRun, announcePhase } = this.#wiring;
    const { policy, abortSignal, session } = this.#options;
    const enough = anySignal(this.#abort.signal, signal, abortSignal);
    this.#ready = prepareRun(enough);
    try {
      await this.#ready;
    } catch (error) {
      this.#abandon();
      throw error;
    }
    const startedAt = ports.clock.now();
    this.#recorder.startTimings(startedAt);
    const unwatch = onSessionClosing(session, () => this.cancel(new Error('the session of the caller is closing')));
    const run = new TransferRunner({
      ports: {
        ...ports,
        policy: new PolicyResolver(policy, () => this.#recorder.attempts),
      },
      limits,
      setup,
      signal: enough,
      onWarning: this.#recorder.warn,
      onStep: (state) => this.#recorder.onStep(state, ports.clock.now()),
      onState: (state) => {
        const event = this.#recorder.onState(state, ports.clock.now());
        if (event === undefined) return;
        this.events.emit(event);
        announcePhase(event);
      },
    });
    const running = this.#claim.take();
    if (running !== undefined) {
      unwatch();
      this.#abandon();
      return this.#recorder.createOutcome({ status: 'already-running', runningTransferId: running }, startedAt);
    }
    this.#run = run;
    void this.#onEnded(run);
    this.#recorder.began(startedAt, location.callerRoomName, location.callerIdentity);
    run.start();
    const result = await run.settled;
    unwatch();
    const settledAt = ports.clock.now();
    if (result.kind === 'connected') {
      const { humanIdentity: humanAgentIdentity, attemptId } = result;
      const call = createCall(run, attemptId, this.#recorder.warn);
      this.#onConnected(call, attemptId);
      return this.#recorder.recordOutcome({ status: 'connected', humanAgentIdentity, call }, settledAt);
    }
    const { kind: _kind, ...failure } = result.ending;
    return this.#recorder.recordOutcome({ ...failure, caller: result.caller }, settledAt);
  }

  /**
   * Cancels a running transfer, hangs up a connected call, and resolves when all resources are released. Idempotent,
   * never throws.
   */
  async close(): Promise<void> {
    this.cancel();
    if (this.#run === undefined) this.events.close();
    this.#run?.dispatch({ type: 'hang-up' });
    if (!this.#started) void this.#release();
    await this.closed();
  }

  /** Cancels a transfer that has no outcome yet; without effect on a connected call. */
  cancel(reason: unknown = new Error('the transfer was canceled')): void {
    this.#abort.abort(reason);
  }

  /** Resolves when all resources are released. Ends nothing itself. */
  async closed(): Promise<void> {
    // Reported by run().
    await this.#ready?.catch(() => undefined);
    await this.#run?.ended;
    await this.#released;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Starts the work that accompanies a call. */
  #onConnected(call: ConnectedCall, attemptId: string): void {
    const humanAgentName = this.#recorder.attempts.find((record) => record.attemptId === attemptId)?.name;
    this.#wiring.onConnected(call, humanAgentName);
    void this.#onCallEnd(call);
    void call.promotion?.then(this.#promoted);
  }

  async #onCallEnd(call: ConnectedCall): Promise<void> {
    const over = await call.ended;
    await this.closed();
    await this.#wiring.onCallEnded(over).catch(this.#recorder.warn);
  }

  readonly #promoted = (promotion: Promotion): void => {
    const warning = promotionWarning(promotion);
    if (warning !== undefined) this.#recorder.warn(warning);
    this.#recorder.promoted(promotion);
    this.events.emitPromotion(promotion);
  };

  /** Releases the claim, and an unused consult room and hold track. */
  #release(): Promise<void> {
    this.#claim.release();
    this.#released ??= this.#wiring.release().catch(this.#recorder.warn);
    return this.#released;
  }

  /** Releases what was prepared for a run that does not take place. */
  #abandon(): void {
    void this.#release();
    this.events.close();
  }

  async #onEnded(run: TransferRunner): Promise<void> {
    // A caller who is returned can be transferred again while the room of the last attempt still closes.
    if ((await run.settled).kind === 'connected') await run.callEnd;
    this.#claim.release();
    const over = await run.ended;
    await this.#release();
    this.#recorder.ended(over);
    this.events.close();
  }
}
