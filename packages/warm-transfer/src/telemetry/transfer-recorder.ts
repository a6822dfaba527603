import type { TranscriptTurn } from '@org/briefing-agent';
import type { Promotion } from '@org/consult-room';
import type { CallEnd, TransferFailure } from '../machine/types/ending.js';
import type { TransferState } from '../machine/state/state.js';
import type { TransferTarget } from '../options/targets/transfer-target.js';
import type { TransferLogger } from '../options/transfer-logger.js';
import type { AttemptRecord } from '../outcome/attempt-record.js';
import { describeOutcome, type OutcomeSummary } from '../outcome/describe-outcome.js';
import type { TransferOutcome } from '../outcome/outcome.js';
import { PhaseHistory } from '../outcome/phase-history.js';
import type { TransferPhaseEvent } from '../outcome/transfer-phase.js';
import { AttemptHistory } from './attempt-history.js';
import { TransferTelemetry } from './transfer-telemetry.js';

interface TransferRecorderOptions {
  readonly transferId: string;
  readonly logger: TransferLogger | undefined;
  readonly findTarget: (key: string) => TransferTarget;
  readonly getTranscript: (attemptId: string) => readonly TranscriptTurn[];
}

/** Records the attempts, timings and warnings of one transfer, for its outcome, log and spans. */
export class TransferRecorder {
  readonly #transferId: string;
  readonly #warnings: unknown[] = [];
  readonly #attempts: AttemptHistory;
  readonly #telemetry: TransferTelemetry;
  #phases: PhaseHistory;

  constructor({ transferId, logger, findTarget, getTranscript }: TransferRecorderOptions) {
    this.#transferId = transferId;
    this.#attempts = new AttemptHistory(findTarget, getTranscript);
    this.#telemetry = new TransferTelemetry({
      transferId,
      logger,
      findTarget,
      warn: (cause) => this.#warnings.push(cause),
    });
    this.#phases = new PhaseHistory(transferId, 0);
  }

  get attempts(): readonly AttemptRecord[] {
    return this.#attempts.records();
  }

  /** Adds a warning to the outcome, and logs it. */
  readonly warn = (cause: unknown): void => {
    this.#warnings.push(cause);
    this.#telemetry.warned(cause);
  };

  /** Starts the timings. */
  startTimings(at: number): void {
    this.#phases = new PhaseHistory(this.#transferId, at);
  }

  began(at: number, callerRoomName: string, callerIdentity: string | undefined): void {
    this.#telemetry.began(at, callerRoomName, callerIdentity);
  }

  /** Records a state, before its effects. */
  onStep(state: TransferState, at: number): void {
    this.#attempts.onState(state, at);
    this.#telemetry.onState(state, at);
  }

  /** Records a state that lasts, and returns its event, unless the phase is unchanged. */
  onState(state: TransferState, at: number): TransferPhaseEvent | undefined {
    const event = this.#phases.onState(state, at);
    if (event !== undefined) this.#telemetry.phase(event);
    return event;
  }

  promoted(promotion: Promotion): void {
    this.#telemetry.promoted(promotion);
  }

  /** Returns the outcome, and logs it. */
  recordOutcome(summary: OutcomeSummary, at: number): TransferOutcome {
    const outcome = this.createOutcome(summary, at);
    this.#telemetry.settled(outcome);
    return outcome;
  }

  createOutcome(summary: OutcomeSummary, at: number): TransferOutcome {
    const { attempts } = this;
    return {
      ...summary,
      transferId: this.#transferId,
      timings: this.#phases.timings(at),
      attempts,
      transcript: attempts.findLast(({ transcript }) => transcript.length > 0)?.transcript ?? [],
      warnings: this.#warnings,
      describe: () => describeOutcome(summary),
    };
  }

  ended(end: TransferFailure | CallEnd): void {
    this.#telemetry.ended(end);
  }
}
