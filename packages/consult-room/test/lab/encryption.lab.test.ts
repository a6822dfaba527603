import { AudioStream, EncryptionType, Room } from '@livekit/rtc-node';
import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { AccessToken } from 'livekit-server-sdk';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConsultRoom, type ConsultRoomError, createMerge, type MergeOptions } from '../../src/index.ts';
import { publications } from '../support/bridge-of.ts';
import { fresh, optionsFor } from '../support/fixture.ts';
import { Microphone } from '../support/microphone.ts';
import { pause, until } from '../support/until.ts';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(async () => {
  await lab.close();
});

const encryption = {
  encryptionType: EncryptionType.GCM,
  keyProviderOptions: { sharedKey: new TextEncoder().encode('a key that only the participants know') },
};

async function join(room: string, identity: string, encrypted: boolean): Promise<Room> {
  const token = new AccessToken(lab.apiKey, lab.apiSecret, { identity });
  token.addGrant({ roomJoin: true, room, canPublish: true, canSubscribe: true });
  const joined = new Room();
  const options = { autoSubscribe: true, dynacast: false, ...(encrypted && { encryption }) };
  await joined.connect(lab.url, await token.toJwt(), options);
  return joined;
}

interface Encrypted {
  readonly callerRoom: boolean;
  readonly caller: boolean;
  readonly consultRoom: boolean;
  readonly human: boolean;
}

/** Connects two speaking participants, and the connections of a bridge between them; each encrypted or not. */
async function twoRooms(encrypted: Encrypted): Promise<{
  readonly options: MergeOptions;
  readonly rooms: { readonly caller: Room; readonly human: Room };
  readonly warnings: ConsultRoomError[];
  speak(who: 'caller' | 'human'): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}> {
  const callerRoomName = fresh('caller-room');
  const consult = await ConsultRoom.create(optionsFor(lab, callerRoomName));
  const [callerRoom, caller, consultRoom, human] = await Promise.all([
    join(callerRoomName, 'ai-agent', encrypted.callerRoom),
    join(callerRoomName, 'caller', encrypted.caller),
    join(consult.name, 'briefing-agent', encrypted.consultRoom),
    join(consult.name, 'human', encrypted.human),
  ]);
  const microphones: Microphone[] = [];
  const warnings: ConsultRoomError[] = [];
  const onWarning = (warning: ConsultRoomError): unknown => warnings.push(warning);
  return {
    options: { callerRoom, callerIdentity: 'caller', consultRoom, humanIdentity: 'human', onWarning },
    rooms: { caller, human },
    warnings,
    speak: async (who) => {
      microphones.push(await Microphone.on(who === 'caller' ? caller : human, who === 'caller' ? 440 : 1_000));
      const seenIn = who === 'caller' ? callerRoom : consultRoom;
      await until('the voice is seen', () => publications(seenIn, who).length > 0);
    },
    [Symbol.asyncDispose]: async () => {
      for (const microphone of microphones) await microphone[Symbol.asyncDispose]();
      for (const room of [human, caller, consultRoom, callerRoom]) await room.disconnect();
      await consult.close();
    },
  };
}

const none: Encrypted = { callerRoom: false, caller: false, consultRoom: false, human: false };

describe('a merge in which end-to-end encryption is mixed', () => {
  it('is rejected by publishTracks() when only the connection to the caller room is encrypted', async () => {
    await using two = await twoRooms({ ...none, callerRoom: true, caller: true });
    await using bridge = createMerge({ ...two.options, strategy: 'bridge' });
    await expect(bridge.publishTracks()).rejects.toMatchObject({ code: 'encrypted' });
    await using merge = createMerge({ ...two.options, server: lab });
    await expect(merge.publishTracks()).rejects.toMatchObject({ code: 'encrypted' });
    expect(two.options.callerRoom.localParticipant?.trackPublications.size).toBe(0);
    expect(two.options.consultRoom.localParticipant?.trackPublications.size).toBe(0);
  });

  it('is rejected by publishTracks() and merge() when only the caller publishes encrypted audio', async () => {
    await using two = await twoRooms({ ...none, caller: true });
    await two.speak('caller');
    await using bridge = createMerge({ ...two.options, strategy: 'bridge' });
    await expect(bridge.publishTracks()).rejects.toMatchObject({ code: 'encrypted' });
    const refused = { merged: false, reason: 'media', error: { code: 'encrypted' } };
    expect(await bridge.merge()).toMatchObject(refused);
    for (const strategy of ['auto', 'bridge', 'move'] as const) {
      await using merge = createMerge({ ...two.options, strategy, server: lab });
      expect(await merge.merge()).toMatchObject(refused);
    }
    expect(two.options.consultRoom.localParticipant?.trackPublications.size).toBe(0);
    expect(two.warnings).toEqual([]);
  });

  it('is rejected by merge() when the human agent joins encrypted after publishTracks()', async () => {
    await using two = await twoRooms({ ...none, human: true });
    await two.speak('caller');
    await using bridge = createMerge({ ...two.options, strategy: 'bridge' });
    await bridge.publishTracks();
    await two.speak('human');
    expect(await bridge.merge()).toMatchObject({ merged: false, reason: 'media', error: { code: 'encrypted' } });
  });

  it('relays nothing of a participant who reconnects encrypted during the call, and warns', async () => {
    await using two = await twoRooms(none);
    await two.speak('caller');
    await two.speak('human');
    await using bridge = createMerge({ ...two.options, strategy: 'bridge' });
    const result = await bridge.merge();
    if (!result.merged) throw new Error(`not merged: ${result.reason}`);
    const forwarded = async (): Promise<number> => (await result.call.statistics()).humanToCaller.forwardedFrames;
    const again = await join(two.options.consultRoom.name ?? '', 'human', true);
    await using _again = { [Symbol.asyncDispose]: () => again.disconnect() };
    await using _microphone = await Microphone.on(again, 1_000);
    await until('a warning is reported', () => two.warnings.some(({ code }) => code === 'encrypted'));
    await pause(300);
    const before = await forwarded();
    await pause(500);
    expect(await forwarded()).toBe(before);
  });
});

describe('a merge in which everything is end-to-end encrypted', () => {
  it('is bridged, and publishes encrypted audio for the human agent', async () => {
    await using two = await twoRooms({ callerRoom: true, caller: true, consultRoom: true, human: true });
    await two.speak('caller');
    await two.speak('human');
    await using bridge = createMerge({ ...two.options, strategy: 'bridge' });
    expect(await bridge.merge()).toMatchObject({ merged: true });
    const [relayed] = publications(two.rooms.human, 'briefing-agent');
    expect(relayed?.encryptionType).toBe(EncryptionType.GCM);
    await until('the caller is heard', () => relayed?.track !== undefined);
    if (!relayed?.track) throw new Error('not subscribed');
    let peak = 0;
    for await (const frame of new AudioStream(relayed.track, { sampleRate: 48_000, numChannels: 1 })) {
      peak = Math.max(...frame.data);
      if (peak > 1_000) break;
    }
    expect(peak).toBeGreaterThan(1_000);
  });
});
