import { Room } from '@livekit/rtc-node';
import type { LineOptions, PhoneCall, PhoneLab, PhoneScript } from '@org/phone-lab';
import { AccessToken, RoomServiceClient, SipClient } from 'livekit-server-sdk';
import type { ServerAccess } from '../../src/api/server-access.ts';
import { ConsultRoom, type ConsultRoomError, type ConsultRoomOptions } from '../../src/index.ts';
import { Microphone } from './microphone.ts';
import { until } from './until.ts';

/** The tones of the parties, in Hz, far from each other's harmonics. */
export const voices = { caller: 440, human: 1000, music: 700 } as const;

export const humanIdentity = 'human-agent';

let counter = 0;

/** Returns a name that no other test of this run uses. */
export function fresh(what: string): string {
  counter += 1;
  return `${what}-${process.pid}-${counter}`;
}

/** Returns a phone number that no other test of this run uses: calls at the same time must not share a phone. */
export function freshNumber(): string {
  counter += 1;
  return `+1555010${2000 + counter}`;
}

export function serviceOf(lab: ServerAccess): RoomServiceClient {
  return new RoomServiceClient(lab.url.replace('ws', 'http'), lab.apiKey, lab.apiSecret, { failover: false });
}

export function optionsFor(lab: ServerAccess, callerRoomName: string): ConsultRoomOptions {
  return { url: lab.url, apiKey: lab.apiKey, apiSecret: lab.apiSecret, callerRoomName };
}

/** Joins as any participant, the way an agent's job or a browser does; leaves when disposed of. */
export async function joinAs(
  lab: ServerAccess,
  room: string,
  identity: string,
  as: { kind?: string; attributes?: Record<string, string>; autoSubscribe?: boolean } = {},
): Promise<Room & AsyncDisposable> {
  const token = new AccessToken(lab.apiKey, lab.apiSecret, {
    identity,
    ttl: 600,
    ...(as.attributes && { attributes: as.attributes }),
  });
  if (as.kind) token.kind = as.kind;
  token.addGrant({ roomJoin: true, room, canPublish: true, canSubscribe: true, canUpdateOwnMetadata: true });
  const joined = new Room();
  await joined.connect(lab.url, await token.toJwt(), { autoSubscribe: as.autoSubscribe ?? true, dynacast: false });
  return Object.assign(joined, { [Symbol.asyncDispose]: () => joined.disconnect() });
}

const speak: PhoneScript = async (call) => {
  await call.ring(50);
  await call.answer();
  call.tone();
};

/** The room of a caller who has not called yet, where an agent plays music; and an open consult room. */
export interface Rooms extends AsyncDisposable {
  readonly callerRoom: Room;
  readonly consult: ConsultRoom;
  readonly consultRoom: Room;
  /** The warnings of a bridge; any warning lets the test fail when the rooms are disposed of. */
  readonly warnings: ConsultRoomError[];
  /** Dials the human agent into the consult room; resolves when the phone is answered. */
  dialHuman(
    script?: PhoneScript,
    phone?: { readonly number?: string; readonly line?: LineOptions },
  ): Promise<PhoneCall>;
}

/** The rooms, with a caller on the phone. */
export interface Fixture extends Rooms {
  readonly caller: PhoneCall;
}

interface RoomOptions {
  /** Whether the agent's track in the caller room plays music (the default), or nothing. */
  readonly music?: boolean;
}

export async function openRooms(lab: PhoneLab, { music: plays = true }: RoomOptions = {}): Promise<Rooms> {
  const roomName = fresh('caller-room');
  const consult = await ConsultRoom.create(optionsFor(lab, roomName));
  const callerRoom = await joinAs(lab, roomName, 'ai-agent', { kind: 'agent' });
  const music = new Microphone(callerRoom, voices.music, { name: 'hold', direct: !plays });
  await music.publish();
  if (plays) music.start();
  const consultRoom = await consult.join();
  const warnings: ConsultRoomError[] = [];
  return {
    callerRoom,
    consult,
    consultRoom,
    warnings,
    dialHuman: async (script, { number: humanNumber = freshNumber(), line = {} } = {}) => {
      const phone = lab.phone(humanNumber, script ?? speak, { voice: voices.human, line });
      const sip = new SipClient(lab.url.replace('ws', 'http'), lab.apiKey, lab.apiSecret, { failover: false });
      await sip.createSipParticipant(lab.trunkId, humanNumber, consult.name, {
        participantIdentity: humanIdentity,
        waitUntilAnswered: true,
        ringingTimeout: 20,
      });
      return phone.nextCall();
    },
    [Symbol.asyncDispose]: async () => {
      const report = await consult.close();
      if (!report.clean) throw new AggregateError(report.problems, 'the consult room did not close');
      await music[Symbol.asyncDispose]();
      await callerRoom.disconnect();
      if (warnings.length > 0) throw new AggregateError(warnings, 'the bridge warned');
    },
  };
}

interface CallerOptions {
  /** Default `caller`. */
  readonly identity?: string;
  readonly line?: LineOptions;
  /** Whether the caller's tone sounds from the beginning. Default true. */
  readonly speaks?: boolean;
}

/** Lets a caller call into the room; resolves when the agent has taken the call. */
export async function callIn(lab: PhoneLab, { callerRoom }: Rooms, options: CallerOptions = {}): Promise<PhoneCall> {
  const { identity = 'caller', line = {}, speaks = true } = options;
  const caller = await lab.call({
    from: '+15550101111',
    roomName: callerRoom.name ?? '',
    identity,
    voice: voices.caller,
    line,
    script: async (call) => {
      await call.connected();
      if (speaks) call.tone();
    },
  });
  await until('the caller is connected', () => caller.status.some(({ status }) => status === 'active'));
  return caller;
}

interface FixtureOptions extends RoomOptions {
  /** Default `caller`. */
  readonly callerIdentity?: string;
  readonly callerSpeaks?: boolean;
}

export async function createFixture(lab: PhoneLab, options: FixtureOptions = {}): Promise<Fixture> {
  const { callerIdentity: identity = 'caller', callerSpeaks: speaks = true } = options;
  const rooms = await openRooms(lab, options);
  const caller = await callIn(lab, rooms, { identity, speaks });
  const dispose = async (): Promise<void> => {
    if (!caller.ended) await caller.hangUp();
    await rooms[Symbol.asyncDispose]();
  };
  return { ...rooms, caller, [Symbol.asyncDispose]: dispose };
}

/** Waits until both parties hear each other, from now on. */
export async function untilTalking(
  caller: PhoneCall,
  human: PhoneCall,
  humanVoice: number = voices.human,
): Promise<void> {
  const forMs = 200;
  await Promise.all([caller.waitToHear(humanVoice, { forMs }), human.waitToHear(voices.caller, { forMs })]);
}
