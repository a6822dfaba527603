import type { RemoteTrackPublication, Room } from '@livekit/rtc-node';
import { relayTrackNames } from '../../src/bridge/relay-pair.ts';
import { type CallMerge, createMerge } from '../../src/index.ts';
import { type Fixture, humanIdentity } from './fixture.ts';

/** Creates a bridge with more time to verify than the default, for a busy machine. */
export function bridgeOf(fixture: Fixture, options: { verifyTimeoutMs?: number } = {}): CallMerge {
  return createMerge({
    strategy: 'bridge',
    callerRoom: fixture.callerRoom,
    callerIdentity: 'caller',
    consultRoom: fixture.consultRoom,
    humanIdentity,
    onWarning: (warning) => fixture.warnings.push(warning),
    verifyTimeoutMs: 10_000,
    ...options,
  });
}

export function publications(room: Room, identity: string): RemoteTrackPublication[] {
  return [...(room.remoteParticipants.get(identity)?.trackPublications.values() ?? [])];
}

/** Returns how many tracks of a bridge this process publishes in both rooms. */
export function relays({ callerRoom, consultRoom }: Fixture): number {
  const names: readonly (string | undefined)[] = Object.values(relayTrackNames);
  return [callerRoom, consultRoom]
    .flatMap(({ localParticipant }) => [...(localParticipant?.trackPublications.values() ?? [])])
    .filter(({ name }) => names.includes(name)).length;
}
