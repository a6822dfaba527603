import type { RemoteTrackPublication, Room } from '@livekit/rtc-node';
import { createBridge } from '../../src/index.ts';
import type { Bridge } from '../../src/index.ts';
import { humanIdentity } from './scene.ts';
import type { Scene } from './scene.ts';

/** With more time for the proof than the default, for a busy machine. */
export function bridgeOf(scene: Scene, options: { proofTimeoutMs?: number } = {}): Bridge {
  return createBridge({
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
