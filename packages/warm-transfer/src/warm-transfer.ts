import { randomUUID } from 'node:crypto';
import { connectPorts, type Connected } from './connect-ports.js';
import type { CallEnd, Ending } from './machine/ending.js';
import type { MergedCall } from './merged-call.js';
import type { FailedOutcome, TransferOutcome } from './outcome.js';
import { claimCaller } from './running-transfers.js';
import type { WarmTransferOptions } from './transfer-options.js';
import { PhaseLog } from './transfer-phase.js';
import { TransferRun } from './transfer-run.js';
import { WarmTransferError } from './warm-transfer-error.js';

/**
 * One warm transfer of one caller to one human agent; the outcome is a value.
 *
 * Everything that can be wrong with the options is refused by the constructor, before anybody is put on hold.
 */
export class WarmTransfer implements AsyncDisposable {
  /** Unique per attempt; in the consult room's metadata and in every event. */
  readonly transferId: string = randomUUID();
  readonly #options: WarmTransferOptions;
  readonly #connected: Connected;
  readonly #notes: unknown[] = [];
  readonly #abort: AbortController = new AbortController();
  #started = false;
  #run: TransferRun | undefined;

  /** @throws WarmTransferError `invalid-option` or `no-session`; HoldAudioError, SipDialerError or ConsultRoomError for what those packages refuse. */
  constructor(options: WarmTransferOptions) {
    this.#options = options;
    this.#connected = connectPorts(options, this.transferId, (cause) => this.#notes.push(cause));
  }

  /**
   * Runs the transfer. Resolves as soon as the outcome stands: connected, or the caller back with the AI (or gone).
   * Never rejects for what a person, a phone network or a server does.
   *
   * @throws WarmTransferError `already-started` when called twice; HoldAudioError for a clip that cannot be played.
   */
  async run({ signal }: { readonly signal?: AbortSignal } = {}): Promise<TransferOutcome> {
    if (this.#started) throw new WarmTransferError('already-started', 'a transfer runs once; make a new one');
    this.#started = true;
    const { ports, location, limits, openClip } = this.#connected;
    await openClip();
    const { onPhase, abortSignal } = this.#options;
    const startedAt = ports.clock.now();
    const log = new PhaseLog(this.transferId, startedAt);
    const signals = [this.#abort.signal, signal, abortSignal].filter((given) => given !== undefined);
    const run = new TransferRun({
      ports,
      limits,
      signal: AbortSignal.any(signals),
      onNote: (cause) => this.#notes.push(cause),
      onState: (state) => {
        const event = log.enter(state, ports.clock.now());
        if (event !== undefined) onPhase?.(event);
      },
    });
    // A caller whom we gave back can be transferred anew while the room of the last attempt still closes.
    const free = run.settled.then(({ kind }) => (kind === 'connected' ? run.ended : undefined));
    const running = claimCaller(location.room, location.callerIdentity, this.transferId, free);
    if (running !== undefined) {
      const timings = log.timings(startedAt);
      return { status: 'already-running', runningTransferId: running, ...this.#facts(timings) };
    }
    this.#run = run;
    run.start();
    const settlement = await run.settled;
    const facts = this.#facts(log.timings(ports.clock.now()));
    if (settlement.kind === 'connected') {
      const { humanIdentity } = settlement;
      return { status: 'connected', humanAgentIdentity: humanIdentity, call: callOf(run, humanIdentity), ...facts };
    }
    return failedOutcome(settlement, facts);
  }

  /**
   * Cancels a transfer that is under way, hangs up a connected call, and resolves when everything of ours is released.
   * Idempotent, never throws.
   */
  async close(): Promise<void> {
    this.cancel();
    this.#run?.dispatch({ type: 'hang-up' });
    await this.#run?.ended;
  }

  /** Cancels a transfer that has no outcome yet; does nothing to a connected call. */
  cancel(reason: unknown = new Error('the transfer was canceled')): void {
    this.#abort.abort(reason);
  }

  /** Resolves when everything of ours is released, by itself. */
  async closed(): Promise<void> {
    await this.#run?.ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #facts(timings: ReturnType<PhaseLog['timings']>): Pick<TransferOutcome, 'transferId' | 'timings' | 'notes'> {
    return { transferId: this.transferId, timings, notes: this.#notes };
  }
}

function failedOutcome(
  ending: Ending,
  facts: Pick<TransferOutcome, 'transferId' | 'timings' | 'notes'>,
): FailedOutcome {
  const { kind: _kind, ...rest } = ending;
  return { ...rest, ...facts };
}

function callOf(run: TransferRun, humanAgentIdentity: string): MergedCall {
  const ended = run.ended.then((over): CallEnd => {
    if (over.kind === 'call-end') return over;
    throw new Error(`a connected call ended as ${over.status}`);
  });
  return {
    humanAgentIdentity,
    ended,
    hangUp: () => {
      run.dispatch({ type: 'hang-up' });
      return ended;
    },
  };
}
