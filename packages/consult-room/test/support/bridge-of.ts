import type { RemoteTrackPublication, Room } from '@livekit/rtc-node';
import { createMerge, relayTrackNames } from '../../src/index.ts';
import type { CallMerge } from '../../src/index.ts';
import { humanIdentity } from './fixture.ts';
import type { Scene } from './fixture.ts';

/** With more time for the proof than the default, for a busy machine. */
export function bridgeOf(scene: Scene, options: { proofTimeoutMs?: number } = {}): CallMerge {
  return createMerge({
    strategy: 'bridge',
    callerRoom: scene.callerRoom,
    callerIdentity: 'caller',
    consultRoom: scene.consultRoom,
    humanIdentity,
    onWarning: (warning) => scene.warnings.push(warning),
    proofTimeoutMs: 10_000,
    ...options,
  });
}

export function publications(room: Room, identity: string): RemoteTrackPublication[] {
  return [...(room.remoteParticipants.get(identity)?.trackPublications.values() ?? [])];
}

/** How many tracks of a bridge this process publishes in both rooms. */
export function relays({ callerRoom, consultRoom }: Scene): number {
  const names: readonly (string | undefined)[] = Object.values(relayTrackNames);
  return [callerRoom, consultRoom]
    .flatMap(({ localParticipant }) => [...(localParticipant?.trackPublications.values() ?? [])])
    .filter(({ name }) => names.includes(name)).length;
}
