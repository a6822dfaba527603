import type { PhoneLab } from '@org/phone-lab';
import { createMerge } from '../../src/index.ts';
import type { CallMerge, MergeOptions } from '../../src/index.ts';
import { gateway } from './promoted-fixture.ts';
import { humanIdentity } from './fixture.ts';
import type { Rooms } from './fixture.ts';

/** How two people are brought together: the last one is a bridge whose human agent's phone is told to rejoin. */
export const ways = ['bridge', 'move', 'promotion'] as const;

export type Way = (typeof ways)[number];

export function mergeBy(way: Way, lab: PhoneLab, rooms: Rooms, options: Partial<MergeOptions> = {}): CallMerge {
  return createMerge({
    callerRoom: rooms.callerRoom,
    callerIdentity: 'caller',
    consultRoom: rooms.consultRoom,
    humanIdentity,
    server: lab,
    // Five times what is wanted, for a busy machine.
    proofTimeoutMs: 10_000,
    strategy: way === 'move' ? 'move' : 'bridge',
    ...(way === 'promotion' && { promote: 'rejoin', rejoin: { gateway } }),
    onWarning: (warning) => rooms.warnings.push(warning),
    ...options,
  });
}
