import { setTimeout as delay } from 'node:timers/promises';
import type { PhoneCall, PhoneLab, TwirpMethod } from '@org/phone-lab';
import { RoomServiceClient } from 'livekit-server-sdk';
import type { WarmTransfer } from '../../src/index.js';
import type { CallCenter } from '../support/call-center.js';

/** The parts of the system that an outage can interrupt. */
interface Struck {
  readonly lab: PhoneLab;
  readonly center: CallCenter;
  readonly transfer: WarmTransfer;
  readonly human: PhoneCall;
}

/** Brings the outage about; resolves when the world outside is as it was. */
export type Outage = (struck: Struck) => Promise<void>;

const roomsOf = ({ url, apiKey, apiSecret }: PhoneLab): RoomServiceClient =>
  new RoomServiceClient(url.replace('ws', 'http'), apiKey, apiSecret, { failover: false });

/** LiveKit's `ParticipantInfo.Kind.AGENT`. */
const isAgent = ({ kind }: { readonly kind: number }): boolean => kind === 4;

/** All that a transfer asks of the server. */
const methods: readonly TwirpMethod[] = [
  'CreateRoom',
  'ListRooms',
  'DeleteRoom',
  'ListParticipants',
  'RemoveParticipant',
  'MoveParticipant',
  'UpdateSubscriptions',
  'CreateSIPParticipant',
];

export const outages = {
  'server restart': async ({ lab }) => {
    await lab.restartServer();
  },
  /** Long enough for a client to try several times. */
  'server down for 8 s': async ({ lab }) => {
    await lab.stopServer();
    await delay(8_000);
    await lab.restartServer();
  },
  /** No room receives it. */
  'hang-up while the server is down': async ({ lab, human }) => {
    await lab.stopServer();
    void human.hangUp();
    await human.untilEnded();
    await delay(4_000);
    await lab.restartServer();
  },
  /** Our own connection to the caller, and nothing else. */
  'caller room lost': async ({ lab, center }) => {
    await roomsOf(lab).removeParticipant(center.caller.roomName, 'agent');
  },
  /** Our own connection to the human agent, and nothing else. */
  'consult room lost': async ({ lab, center }) => {
    const rooms = roomsOf(lab);
    for (const { name } of await rooms.listRooms()) {
      if (name === center.caller.roomName) continue;
      const agents = (await rooms.listParticipants(name)).filter(isAgent);
      for (const { identity } of agents) await rooms.removeParticipant(name, identity);
    }
  },
  /** The server does nothing that it is asked for, and the program gives the transfer up. */
  'silent API': async ({ lab, transfer }) => {
    const fault = lab.fault({ method: methods, do: 'hang' });
    void transfer.close();
    // Longer than anything waits for an answer.
    setTimeout(() => fault.remove(), 12_000);
  },
} as const satisfies Readonly<Record<string, Outage>>;

export type OutageName = keyof typeof outages;

/** Whether a party hears anything, or has hung up: no party may be left in silence. */
export function isServed(call: PhoneCall): boolean {
  return call.ended !== undefined || call.ear.levelDbfs({ from: Date.now() - 1_500 }) > -50;
}
