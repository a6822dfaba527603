import type { PhoneCall, PhoneLab, PhoneScript, ReferAnswer } from '@org/phone-lab';
import { SipClient } from 'livekit-server-sdk';
import {
  type CallMerge,
  type ConsultRoomError,
  createMerge,
  type MergedCall,
  type MergeOptions,
} from '../../src/index.ts';
import { type Fixture, humanIdentity } from './fixture.ts';

/** The tone of the human agent's new leg, to distinguish it from the old one, in Hz. */
export const newVoice = 1_500;

export const gateway = 'sip:gateway.example.test:5060;transport=tcp';
/**
 * A short timeout: the gateway answers for a phone that does not answer only when it has passed, whatever else has
 * happened.
 */
export const impatient = { rejoin: { gateway, timeoutMs: 1_000 } };

export function answering(answer: ReferAnswer): PhoneScript {
  return async (call) => {
    await call.ring(50);
    await call.answer();
    call.onRefer(answer);
    call.tone();
  };
}

export const soundAnew: PhoneScript = async (call) => {
  await call.connected();
  call.tone(newVoice);
};
/** The phone hangs up the old leg itself. */
export const follow = answering({ follow: soundAnew, hangsUp: true });
/** The phone waits for the gateway to hang up, which takes a second. */
export const followAndStay = answering({ follow: soundAnew });

export interface Bridged {
  readonly human: PhoneCall;
  readonly merge: CallMerge;
  readonly call: MergedCall;
  /** The warnings of the merge. */
  readonly warnings: ConsultRoomError[];
}

export async function bridged(
  lab: PhoneLab,
  fixture: Fixture,
  script: PhoneScript,
  options: Partial<MergeOptions> = {},
  humanNumber?: string,
): Promise<Bridged> {
  const warnings: ConsultRoomError[] = [];
  const human = await fixture.dialHuman(script, humanNumber === undefined ? {} : { number: humanNumber });
  const merge = createMerge({
    callerRoom: fixture.callerRoom,
    callerIdentity: 'caller',
    consultRoom: fixture.consultRoom,
    humanIdentity,
    strategy: 'bridge',
    server: lab,
    rejoin: { gateway },
    onWarning: (warning) => warnings.push(warning),
    verifyTimeoutMs: 10_000,
    ...options,
  });
  const result = await merge.merge();
  if (!result.merged) throw new Error(`not merged: ${result.reason}`);
  return { human, merge, call: result.call, warnings };
}

/** Returns the number of rules that lead into the caller room. Numbers without a rule are found when the lab closes. */
export async function numbersLeft(lab: PhoneLab, fixture: Fixture): Promise<number> {
  const sip = new SipClient(lab.url.replace('ws', 'http'), lab.apiKey, lab.apiSecret, { failover: false });
  const rules = await sip.listSipDispatchRule();
  const rooms = rules.map(({ rule }) => rule?.rule.case === 'dispatchRuleDirect' && rule.rule.value.roomName);
  return rooms.filter((room) => room === fixture.callerRoom.name).length;
}
