import type { Promotion } from '@org/consult-room';
import type { CallEnd, TransferFailure } from '../machine/types/ending.js';
import type { TransferState } from '../machine/state/state.js';
import type { TransferOutcome } from '../outcome/outcome.js';
import type { TransferTarget } from '../options/targets/transfer-target.js';
import type { TransferPhaseEvent } from '../outcome/transfer-phase.js';
import { loadOpenTelemetry, type TelemetryApi } from './load-opentelemetry.js';
import { TransferLog } from './transfer-log.js';
import { resolveLogger, type TransferLogger } from '../options/transfer-logger.js';
import { TransferSpans } from './transfer-spans.js';

interface TransferTelemetryOptions {
  readonly transferId: string;
  readonly logger: TransferLogger | undefined;
  readonly findTarget: (key: string) => TransferTarget;
  /** Receives errors of the logger. */
  readonly warn: (cause: unknown) => void;
  /** The OpenTelemetry API. Default: that of the application, if it has one. */
  readonly telemetry?: TelemetryApi | undefined;
}

/** The log and the spans of one transfer. */
export class TransferTelemetry {
  readonly #options: TransferTelemetryOptions;
  readonly #log: TransferLog;
  #spans: TransferSpans | undefined;

  constructor(options: TransferTelemetryOptions) {
    this.#options = options;
    this.#log = new TransferLog(options.transferId, resolveLogger(options.logger), options.warn);
  }

  began(at: number, callerRoomName: string, callerIdentity: string | undefined): void {
    const { transferId, findTarget, telemetry = loadOpenTelemetry() } = this.#options;
    if (telemetry !== undefined) this.#spans = new TransferSpans(telemetry, transferId, at, findTarget);
    this.#log.began(callerRoomName, callerIdentity);
  }

  onState(state: TransferState, at: number): void {
    this.#spans?.onState(state, at);
  }

  phase(event: TransferPhaseEvent): void {
    this.#log.phase(event);
  }

  warned(cause: unknown): void {
    this.#log.warned(cause);
  }

  promoted(promotion: Promotion): void {
    this.#log.promoted(promotion);
  }

  settled(outcome: TransferOutcome): void {
    this.#spans?.settled(outcome);
    this.#log.settled(outcome);
  }

  ended(over: TransferFailure | CallEnd): void {
    this.#log.ended(over);
  }
}
