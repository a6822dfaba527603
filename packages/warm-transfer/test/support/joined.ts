import type { Room } from '@livekit/rtc-node';
import type { PhoneCall, PhoneScript } from '@org/phone-lab';
import { expect, vi } from 'vitest';
import {
  type ConnectedCallEnd,
  type TransferPhaseEvent,
  WarmTransfer,
  type WarmTransferOptions,
} from '../../src/index.js';
import { type CallCenter, connect, PATIENT, voices } from './call-center.js';
import { expectRightHearing } from './hearing.js';
import { accepts } from './outcome-cases.js';
import { fastVoice, words } from './outcome-places.js';

/** A way of joining the two, as `ConnectedCall.by` names it. */
export interface Joining {
  readonly by: 'bridge' | 'move' | 'rejoin';
  readonly merge: NonNullable<WarmTransferOptions['merge']>;
}

export const joinings = {
  bridge: { by: 'bridge', merge: { ...PATIENT, strategy: 'bridge' } },
  move: { by: 'move', merge: { ...PATIENT, strategy: 'move' } },
  rejoin: {
    by: 'rejoin',
    merge: { ...PATIENT, strategy: 'bridge', promote: 'rejoin', rejoin: { gateway: 'sip:lab' } },
  },
} as const satisfies Record<string, Joining>;

/** A human agent who accepts, and whose phone follows a script. */
const acceptsAndFollows: PhoneScript = async (call) => {
  call.onRefer({
    follow: async (again) => {
      await again.connected();
      again.tone(voices.human);
    },
  });
  await accepts(call);
};

/** How many attributes, identities and names in the room contain a number. */
function numbersShown(room: Room | undefined, number: string): number {
  const people = [...(room?.remoteParticipants.values() ?? [])];
  return people
    .flatMap(({ identity, name = '', attributes }) => [identity, name, ...Object.values(attributes)])
    .filter((text) => text.includes(number)).length;
}

/** Joins the two, lets `end` end their call while both are heard, and looks at who heard whom. */
export async function talk(
  { by, merge }: Joining,
  center: CallCenter,
  end: (human: PhoneCall) => Promise<unknown>,
): Promise<ConnectedCallEnd> {
  const phones = center.phone(acceptsAndFollows, words);
  const events: TransferPhaseEvent[] = [];
  const onPhase = (event: TransferPhaseEvent): unknown => events.push(event);
  await using transfer = new WarmTransfer({ ...center.options, ...fastVoice(), merge, onPhase });
  const { call, warnings } = await connect(transfer);
  const human = await phones.nextCall();
  await vi.waitFor(() => expect(call.by).toBe(by), { timeout: 10_000, interval: 20 });
  expect(numbersShown(center.options.room, human.number)).toBe(0);
  const promoted = human.refers[0]?.newCall;
  const line = promoted ?? human;
  await Promise.all([line.waitToHear(voices.caller), center.caller.waitToHear(voices.human)]);
  await line.wait(1500);
  await end(line);
  const over = await call.ended;
  await Promise.all([human.untilEnded(), line.untilEnded()]);
  // Everything of ours came down by itself, within its limits.
  expect(warnings).toEqual([]);
  expectRightHearing(events, { caller: center.caller, human, ...(promoted === undefined ? {} : { promoted }) });
  return over;
}
