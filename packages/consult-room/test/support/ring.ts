import type { PhoneLab } from '@org/phone-lab';
import { SipClient } from 'livekit-server-sdk';
import type { ConsultRoom } from '../../src/index.ts';
import { serviceOf } from './fixture.ts';
import { until } from './until.ts';

export async function listed(lab: PhoneLab, name: string): Promise<boolean> {
  return (await serviceOf(lab).listRooms([name])).length > 0;
}

/** Starts a call that rings until it ends; resolves when it rings. */
export async function ring(
  lab: PhoneLab,
  consult: ConsultRoom,
  number: string,
): Promise<{ ended: Promise<unknown>; dial: Promise<unknown> }> {
  const phone = lab.phone(number, (call) => call.neverAnswer());
  const sip = new SipClient(lab.url.replace('ws', 'http'), lab.apiKey, lab.apiSecret, { failover: false });
  const dial = sip
    .createSipParticipant(lab.trunkId, number, consult.name, { waitUntilAnswered: true, ringingTimeout: 30 })
    .catch((error: unknown) => error);
  const call = await phone.nextCall();
  await until('it rings', () => call.status.some(({ status }) => status === 'ringing'));
  return { ended: call.untilEnded(), dial };
}
