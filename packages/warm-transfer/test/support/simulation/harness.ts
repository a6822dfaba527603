import type { Plan, Setup } from '../../../src/machine/types/plan.js';
import type { PolicyAction } from '../../../src/machine/types/policy-action.js';
import type { Resolution } from '../../../src/runtime/ports.js';
import { FakePorts, type PortCall, type PortFault } from '../../../src/testing.js';
import type { Random } from './random.js';

const people = ['ada', 'bea', 'cleo', 'dan', 'eve'] as const;
const actions: readonly PolicyAction[] = [
  { type: 'return' },
  { type: 'next-target' },
  { type: 'next-target' },
  { type: 'redirect' },
  { type: 'redirect', department: 'billing' },
  { type: 'cold-transfer', to: '+15550177' },
  { type: 'voicemail-message' },
  { type: 'hang-up' },
];

/** Faults that would be the world's breach, not the transfer's, in what they leave. */
export interface World {
  readonly ports: FakePorts;
  readonly setup: Setup;
  /** Calls that went wrong, with the attempt they were of. */
  readonly faulty: Set<string>;
}

/** Options, targets, policy and port faults of one run. */
export function makeWorld(random: Random): World {
  const faulty = new Set<string>();
  const faultRate = random.pick([0, 0, 0.02, 0.1, 0.3]);
  const fault = (call: PortCall, attemptId?: string): PortFault | undefined => {
    if (!random.chance(faultRate)) return undefined;
    const how = random.pick<PortFault>(['throw', 'reject', 'hang', { lateMs: random.whole(1, 30_000) }]);
    if (call !== 'attempt' || how === 'throw') faulty.add(attemptId === undefined ? call : `${attemptId}/${call}`);
    return call === 'attempt' && how !== 'throw' ? undefined : how;
  };
  const ports = new FakePorts(fault);
  const later = <T>(value: T): T | Promise<T> => {
    if (random.chance(0.7)) return value;
    return new Promise((resolve) => {
      ports.clock.after(random.whole(1, 8_000), () => resolve(value));
    });
  };
  ports.resolution = (department) => later(randomResolution(random, department));
  ports.decide = () => later(Array.from({ length: random.whole(0, 3) }, () => random.pick(actions)));
  return {
    ports,
    faulty,
    setup: { holdCallerOn: random.pick(['dial', 'answer', 'accept']), maxAttempts: random.whole(1, 5) },
  };
}

function randomResolution(random: Random, department: string | undefined): Resolution {
  if (random.chance(0.05)) return { type: 'unresolved', ending: { kind: 'ending', status: 'closed' } };
  if (random.chance(0.05)) {
    return { type: 'unresolved', ending: { kind: 'ending', status: 'no-target', why: 'unknown-department' } };
  }
  const plan: Plan = {
    winner: random.pick(['answer', 'accept']),
    stages: Array.from({ length: random.whole(department === undefined ? 0 : 1, 3) }, () => ({
      targets: Array.from({ length: random.whole(1, 3) }, () => random.pick(people)),
      ...(random.chance(0.4) ? { nextAfterMs: random.whole(1, 30_000) } : {}),
    })),
  };
  return { type: 'resolved', plan };
}
