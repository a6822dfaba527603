import type { Promotion } from '@org/consult-room';
import type { CallEnd, Ending } from '../machine/types/ending.js';
import type { TransferState } from '../machine/state/state.js';
import type { TransferOutcome } from '../outcome/outcome.js';
import type { TransferTarget } from '../options/targets/transfer-target.js';
import type { TransferPhaseEvent } from '../outcome/transfer-phase.js';
import { findTelemetry, type TelemetryApi } from './load-opentelemetry.js';
import { TransferJournal } from './transfer-log.js';
import { loggerOf, type TransferLogger } from '../options/transfer-logger.js';
import { TransferSpans } from './transfer-spans.js';

interface TransferObserverOptions {
  readonly transferId: string;
  readonly logger: TransferLogger | undefined;
  readonly targetOf: (key: string) => TransferTarget;
  /** Takes what the logger throws. */
  readonly note: (cause: unknown) => void;
  /** Default: that of the application, if it has one. */
  readonly telemetry?: TelemetryApi | undefined;
}

/** What is to be known of one transfer from outside: its log and its spans. */
export class TransferObserver {
  readonly #options: TransferObserverOptions;
  readonly #journal: TransferJournal;
  #spans: TransferSpans | undefined;

  constructor(options: TransferObserverOptions) {
    this.#options = options;
    this.#journal = new TransferJournal(options.transferId, loggerOf(options.logger), options.note);
  }

  began(at: number, callerRoomName: string, callerIdentity: string | undefined): void {
    const { transferId, targetOf, telemetry = findTelemetry() } = this.#options;
    if (telemetry !== undefined) this.#spans = new TransferSpans(telemetry, transferId, at, targetOf);
    this.#journal.began(callerRoomName, callerIdentity);
  }

  see(state: TransferState, at: number): void {
    this.#spans?.see(state, at);
  }

  phase(event: TransferPhaseEvent): void {
    this.#journal.phase(event);
  }

  noted(cause: unknown): void {
    this.#journal.noted(cause);
  }

  promoted(promotion: Promotion): void {
    this.#journal.promoted(promotion);
  }

  settled(outcome: TransferOutcome): void {
    this.#spans?.settled(outcome);
    this.#journal.settled(outcome);
  }

  ended(over: Ending | CallEnd): void {
    this.#journal.ended(over);
  }
}
