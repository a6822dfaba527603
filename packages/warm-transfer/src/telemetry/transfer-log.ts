import type { Promotion } from '@org/consult-room';
import type { CallEnd, TransferFailure } from '../machine/types/ending.js';
import type { TransferOutcome } from '../outcome/outcome.js';
import type { TransferPhaseEvent } from '../outcome/transfer-phase.js';
import { describeError } from './describe-error.js';
import { harmless } from '../outcome/user-callback.js';
import { silentLogger, type TransferLogger } from '../options/transfer-logger.js';

/** Logs one transfer. */
export class TransferLog {
  readonly #transferId: string;
  readonly #warn: (cause: unknown) => void;
  #logger: TransferLogger;

  /** `warn` receives an error of the logger, which is not used any more then. */
  constructor(transferId: string, logger: TransferLogger, warn: (cause: unknown) => void) {
    this.#transferId = transferId;
    this.#logger = logger;
    this.#warn = warn;
  }

  began(callerRoomName: string, callerIdentity: string | undefined): void {
    const caller = { 'lk.pii.room_name': callerRoomName, 'lk.pii.participant_identity': callerIdentity };
    this.#write('info', caller, 'a warm transfer begins');
  }

  phase({ transferId: _transferId, ...event }: TransferPhaseEvent): void {
    this.#write('debug', event, 'a warm transfer enters a phase');
  }

  warned(cause: unknown): void {
    this.#write('warn', describeError(cause), 'a non-fatal error in a warm transfer');
  }

  promoted(promotion: Promotion): void {
    const { promoted } = promotion;
    this.#write(
      'info',
      promoted ? { promoted } : { promoted, reason: promotion.reason },
      'the promotion of a call succeeded or failed',
    );
  }

  settled(outcome: TransferOutcome): void {
    const { status, timings, attempts } = outcome;
    const fields: Record<string, unknown> = {
      status,
      attempts: attempts.map(({ attemptId, sipCallTo, result }) => ({
        attemptId,
        status: result?.status,
        'lk.pii.sip_call_to': sipCallTo,
      })),
      tookMs: timings.settledAt - timings.startedAt,
    };
    if ('caller' in outcome) fields['caller'] = outcome.caller;
    if ('sipStatusCode' in outcome) fields['sipStatusCode'] = outcome.sipStatusCode;
    if (status === 'declined') fields['lk.pii.reason'] = outcome.reason;
    if ('humanAgentIdentity' in outcome) fields['lk.pii.human_agent_identity'] = outcome.humanAgentIdentity;
    if ('cause' in outcome) Object.assign(fields, describeError(outcome.cause));
    const isBroken = status === 'failed' || status === 'merge-failed';
    this.#write(isBroken ? 'error' : 'info', fields, 'a warm transfer has its outcome');
  }

  ended(over: TransferFailure | CallEnd): void {
    const call = over.kind === 'call-end' ? { by: over.by, caller: over.caller } : {};
    this.#write('debug', call, 'a warm transfer has released everything');
  }

  #write(level: keyof TransferLogger, fields: object, message: string): void {
    const write = (): unknown => this.#logger[level]({ transferId: this.#transferId, ...fields }, message);
    harmless(write, (cause) => {
      // The warning is logged too, and two entries may have failed before the first one reports it.
      if (this.#logger === silentLogger) return;
      this.#logger = silentLogger;
      this.#warn(cause);
    })();
  }
}
