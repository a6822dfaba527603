import type { PhoneScript } from '@org/phone-lab';
import type { TransferPhase, WarmTransferOptions } from '../../src/index.js';
import { PATIENT, voices } from '../support/call-center.js';

/** How far a transfer has come when the outage begins. */
export interface Stage {
  /** The phase in which it begins, and whether the human agent must have heard the briefing agent by then. */
  readonly phase: TransferPhase;
  readonly briefed?: boolean;
  readonly merge?: WarmTransferOptions['merge'];
  /** A first target is busy, so that the caller is on hold for a second one. */
  readonly secondTarget?: boolean;
  /** Rings, answers or accepts; continues with the call when `over` resolves. */
  readonly human: (over: Promise<void>) => PhoneScript;
}

/** Answers, sounds, and accepts by a key once the briefing agent was heard. */
const accepting =
  (answerAfter: Promise<void>, acceptAfter: Promise<void>): PhoneScript =>
  async (call) => {
    await call.ring(100);
    await answerAfter;
    await call.answer();
    call.tone();
    await call.waitToHear(voices.briefing, { forMs: 300, timeoutMs: 30_000 });
    await acceptAfter;
    await call.wait(500);
    await call.press('1');
  };

const atOnce = Promise.resolve();
const bridge = { ...PATIENT, strategy: 'bridge' } as const;

export const stages = {
  ringing: { phase: 'ringing', merge: bridge, human: (over) => accepting(over, atOnce) },
  briefing: { phase: 'briefing', briefed: true, merge: bridge, human: (over) => accepting(atOnce, over) },
  'a second target rings': {
    phase: 'ringing',
    merge: bridge,
    secondTarget: true,
    human: (over) => accepting(over, atOnce),
  },
  // With the limits that users have.
  merging: { phase: 'merging', merge: { strategy: 'bridge' }, human: () => accepting(atOnce, atOnce) },
  'joined by a bridge': { phase: 'connected', merge: bridge, human: () => accepting(atOnce, atOnce) },
  'joined by a move': {
    phase: 'connected',
    merge: { ...PATIENT, strategy: 'move' },
    human: () => accepting(atOnce, atOnce),
  },
} as const satisfies Readonly<Record<string, Stage>>;

export type StageName = keyof typeof stages;
