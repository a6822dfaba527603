import { Room, RoomEvent } from '@livekit/rtc-node';
import { AccessToken } from 'livekit-server-sdk';
import { vi } from 'vitest';
import type { PhoneLab } from '../../src/index.js';

export interface Observer extends AsyncDisposable {
  readonly room: Room;
  /**
   * What was seen, in order: `joined`, `status <status>`, `track`, `left <reason> <last status>`, each with the identity before
   * it. A phone that joins is dialing: the server reports that status with the join, or by itself right after it.
   */
  readonly seen: readonly string[];
  until(seen: string): Promise<void>;
}

/** A participant that joins through the lab's address and watches. */
export async function observe(lab: PhoneLab, roomName: string, identity = 'observer'): Promise<Observer> {
  const room = new Room();
  const seen: string[] = [];
  room.on(RoomEvent.ParticipantConnected, (p) => seen.push(`${p.identity} joined`));
  room.on(RoomEvent.ParticipantAttributesChanged, (changed, p) => {
    const { 'sip.callStatus': status = 'dialing' } = changed;
    if (status !== 'dialing') seen.push(`${p.identity} status ${status}`);
  });
  room.on(RoomEvent.TrackPublished, (_publication, p) => seen.push(`${p.identity} track`));
  room.on(RoomEvent.ParticipantDisconnected, (p) =>
    seen.push(`${p.identity} left ${p.disconnectReason} ${p.attributes['sip.callStatus']}`),
  );
  room.on(RoomEvent.Disconnected, (reason) => seen.push(`thrown out ${reason}`));
  room.on(RoomEvent.DtmfReceived, (code, key, p) => seen.push(`${p.identity} key ${key} (${code})`));
  await room.connect(lab.url, await joinToken(lab, roomName, identity), { autoSubscribe: false, dynacast: false });
  return {
    room,
    seen,
    async until(wanted) {
      for (const deadline = Date.now() + 10_000; !seen.includes(wanted);) {
        if (Date.now() > deadline) throw new Error(`never saw "${wanted}", only: ${seen.join(', ')}`);
        await new Promise((done) => setTimeout(done, 5));
      }
    },
    async [Symbol.asyncDispose]() {
      await room.disconnect();
    },
  };
}

/** A client, `listener`, that hears one party of the room; resolves when it has subscribed. */
export async function listen(lab: PhoneLab, roomName: string, identity: string): Promise<Observer> {
  const client = await observe(lab, roomName, 'listener');
  await vi.waitFor(() => {
    const [track] = client.room.remoteParticipants.get(identity)?.trackPublications.values() ?? [];
    if (!track) throw new Error(`${identity} has published nothing`);
    track.setSubscribed(true);
  }, 10_000);
  return client;
}

async function joinToken(lab: PhoneLab, room: string, identity: string): Promise<string> {
  const token = new AccessToken(lab.apiKey, lab.apiSecret, { identity });
  token.addGrant({ roomJoin: true, room, canPublish: true, canSubscribe: true, canPublishData: true });
  return token.toJwt();
}
