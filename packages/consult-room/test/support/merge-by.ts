import type { PhoneLab } from '@org/phone-lab';
import { type CallMerge, createMerge, type MergeOptions } from '../../src/index.ts';
import { humanIdentity, type Rooms } from './fixture.ts';
import { gateway } from './promoted-fixture.ts';

/** The ways of merging; the last one is a bridge whose human agent's phone is asked to rejoin. */
export const ways = ['bridge', 'move', 'promotion'] as const;

export type Way = (typeof ways)[number];

export function mergeBy(way: Way, lab: PhoneLab, rooms: Rooms, options: Partial<MergeOptions> = {}): CallMerge {
  return createMerge({
    callerRoom: rooms.callerRoom,
    callerIdentity: 'caller',
    consultRoom: rooms.consultRoom,
    humanIdentity,
    server: lab,
    // Five times the wanted time, for a busy machine.
    verifyTimeoutMs: 10_000,
    strategy: way === 'move' ? 'move' : 'bridge',
    ...(way === 'promotion' && { promote: 'rejoin', rejoin: { gateway } }),
    onWarning: (warning) => rooms.warnings.push(warning),
    ...options,
  });
}
