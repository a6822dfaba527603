import type { TransferEvent } from '@org/warm-transfer/testing';

type Plan = Extract<TransferEvent, { type: 'resolved' }>['plan'];

const start: TransferEvent = { type: 'start', setup: { holdCallerOn: 'dial', maxAttempts: 10 } };
const resolved = (...stages: readonly (readonly string[])[]): TransferEvent => {
  const plan: Plan = { winner: 'answer', stages: stages.map((targets) => ({ targets })) };
  return { type: 'resolved', plan };
};
const rings = (attemptId: string): TransferEvent[] => [
  { type: 'consult-opened', attemptId },
  { type: 'ringing', attemptId },
];
const answers = (attemptId: string): TransferEvent[] => [
  ...rings(attemptId),
  { type: 'answered', attemptId, humanIdentity: `human-${attemptId}` },
];
const connects = (attemptId: string): TransferEvent[] => [
  { type: 'accepted', by: 'voice', attemptId },
  { type: 'merged', attemptId },
];
const dialEnds = (attemptId: string, status: 'busy' | 'no-answer', sipStatusCode: number): TransferEvent[] => [
  ...rings(attemptId),
  { type: 'dial-ended', attemptId, ending: { kind: 'ending', status, sipStatusCode } },
];
const closed = (attemptId: string): TransferEvent => ({ type: 'consult-closed', attemptId });
const restored: TransferEvent = { type: 'caller-restored' };
const callerLeaves: TransferEvent = { type: 'caller-left' };

/** Whole transfers, each from its start until nothing is left of it, of the kinds that a day brings. */
export const courses: readonly (readonly TransferEvent[])[] = [
  // Taken, and the caller hangs up in the end.
  [start, resolved(['ada']), ...answers('1'), ...connects('1'), callerLeaves, closed('1')],
  // Taken, and the human agent hangs up in the end.
  [
    start,
    resolved(['ada']),
    ...answers('1'),
    ...connects('1'),
    { type: 'human-disconnected', attemptId: '1', how: 'hung-up' },
    { type: 'caller-hung-up' },
    closed('1'),
  ],
  // Busy; the next of the list takes it.
  [
    start,
    resolved(['ada'], ['grace']),
    ...dialEnds('1', 'busy', 486),
    { type: 'decided', actions: [{ type: 'next-target' }, { type: 'return' }] },
    closed('1'),
    ...answers('2'),
    ...connects('2'),
    callerLeaves,
    closed('2'),
  ],
  // Three phones in parallel: the first to answer gets the caller.
  [
    start,
    resolved(['ada', 'grace', 'edsger']),
    ...rings('1'),
    ...answers('2'),
    closed('1'),
    closed('3'),
    ...connects('2'),
    callerLeaves,
    closed('2'),
  ],
  // No answer: the caller has the AI back.
  [
    start,
    resolved(['ada']),
    ...dialEnds('1', 'no-answer', 480),
    { type: 'decided', actions: [{ type: 'return' }] },
    restored,
    closed('1'),
  ],
  // Declined in favor of another department, which takes it.
  [
    start,
    resolved(['ada']),
    ...answers('1'),
    { type: 'declined', attemptId: '1', reason: 'not mine', redirectTo: 'billing' },
    { type: 'decided', actions: [{ type: 'redirect' }, { type: 'return' }] },
    closed('1'),
    resolved(['grace']),
    ...answers('2'),
    ...connects('2'),
    callerLeaves,
    closed('2'),
  ],
  // A voicemail box is left a message.
  [
    start,
    resolved(['ada']),
    ...answers('1'),
    { type: 'voicemail', attemptId: '1' },
    { type: 'decided', actions: [{ type: 'voicemail-message' }, { type: 'return' }] },
    restored,
    closed('1'),
  ],
  // The caller gives up while it rings.
  [start, resolved(['ada']), ...rings('1'), callerLeaves, closed('1')],
];
