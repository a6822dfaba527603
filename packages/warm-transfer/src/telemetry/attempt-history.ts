import type { TranscriptTurn } from '@org/briefing-agent';
import type { AttemptRecord, AttemptTimings } from '../outcome/attempt-record.js';
import type { AttemptState } from '../machine/attempt/attempt-state.js';
import type { AttemptEnd } from '../machine/types/ending.js';
import type { TransferState } from '../machine/state/state.js';
import type { TransferTarget } from '../options/targets/transfer-target.js';

type Mark = Exclude<keyof AttemptTimings, 'startedAt'>;

interface Entry {
  readonly target: TransferTarget;
  readonly callerId: 'trunk' | undefined;
  readonly startedAt: number;
  readonly marks: Partial<Record<Mark, number>>;
  humanIdentity?: string;
  ending?: AttemptEnd;
}

function timingOf(attempt: AttemptState): Mark | undefined {
  switch (attempt.phase) {
    case 'opening':
      return undefined;
    case 'dialing':
      return attempt.ringing ? 'ringingAt' : 'dialingAt';
    case 'briefing':
      return 'answeredAt';
    case 'accepted':
      return 'acceptedAt';
    case 'merged':
      return 'mergedAt';
    case 'voicemail':
    case 'closing':
    case 'closed':
      return 'endedAt';
  }
}

/** Records the attempts of a transfer from its states. */
export class AttemptHistory {
  readonly #entries: Map<string, Entry> = new Map();
  readonly #find: (target: string) => TransferTarget;
  readonly #transcriptOf: (attemptId: string) => readonly TranscriptTurn[];

  constructor(
    find: (target: string) => TransferTarget,
    transcriptOf: (attemptId: string) => readonly TranscriptTurn[],
  ) {
    this.#find = find;
    this.#transcriptOf = transcriptOf;
  }

  onState(state: TransferState, at: number): void {
    if (!('attempts' in state)) return;
    for (const [attemptId, attempt] of Object.entries(state.attempts)) {
      const { target, callerId } = attempt;
      const entry = this.#entries.get(attemptId) ?? { target: this.#find(target), callerId, startedAt: at, marks: {} };
      this.#entries.set(attemptId, entry);
      const mark = timingOf(attempt);
      if (mark !== undefined) entry.marks[mark] ??= at;
      if ('humanIdentity' in attempt) entry.humanIdentity = attempt.humanIdentity;
      if ('ending' in attempt) entry.ending ??= attempt.ending;
      if (attempt.phase === 'voicemail') entry.ending ??= { kind: 'ending', status: 'voicemail' };
    }
  }

  /** Returns the records, in the order in which the attempts began. */
  records(): readonly AttemptRecord[] {
    return [...this.#entries].map(([attemptId, { target, callerId, startedAt, marks, humanIdentity, ending }]) => {
      const { kind: _kind, ...result } = ending ?? { kind: 'ending' };
      return {
        attemptId,
        sipCallTo: target.sipCallTo,
        ...(target.name === undefined ? {} : { name: target.name }),
        ...(callerId === undefined ? {} : { callerId }),
        ...(humanIdentity === undefined ? {} : { humanAgentIdentity: humanIdentity }),
        ...('status' in result ? { result } : {}),
        // A connected attempt has no result: it ends with the call, after the outcome.
        timings: { startedAt, ...marks },
        transcript: this.#transcriptOf(attemptId),
      };
    });
  }
}
