import type { PhoneCall, PhoneLab, PhoneScript, ReferAnswer } from '@org/phone-lab';
import { SipClient } from 'livekit-server-sdk';
import { createMerge } from '../../src/index.ts';
import type { CallMerge, ConsultRoomError, MergedCall, MergeOptions } from '../../src/index.ts';
import { humanIdentity } from './fixture.ts';
import type { Scene } from './fixture.ts';

/** What the human's new line sounds like, to tell it from the old one. Hz. */
export const newVoice = 1_500;

export const gateway = 'sip:gateway.example.test:5060;transport=tcp';
/** The gateway answers for a phone that does not only when this time is over, whatever else has happened. */
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
/** Hangs up the old line itself. */
export const follow = answering({ follow: soundAnew, hangsUp: true });
/** Waits for the gateway to do it, which takes a second. */
export const followAndStay = answering({ follow: soundAnew });

export interface Bridged {
  readonly human: PhoneCall;
  readonly merge: CallMerge;
  readonly call: MergedCall;
  /** What the merge warned of. */
  readonly warnings: ConsultRoomError[];
}

export async function bridged(
  lab: PhoneLab,
  scene: Scene,
  script: PhoneScript,
  options: Partial<MergeOptions> = {},
  humanNumber?: string,
): Promise<Bridged> {
  const warnings: ConsultRoomError[] = [];
  const human = await scene.dialHuman(script, humanNumber === undefined ? {} : { number: humanNumber });
  const merge = createMerge({
    callerRoom: scene.callerRoom,
    callerIdentity: 'caller',
    consultRoom: scene.consultRoom,
    humanIdentity,
    strategy: 'bridge',
    server: lab,
    rejoin: { gateway },
    onWarning: (warning) => warnings.push(warning),
    proofTimeoutMs: 10_000,
    ...options,
  });
  const result = await merge.merge();
  if (!result.merged) throw new Error(`not merged: ${result.reason}`);
  return { human, merge, call: result.call, warnings };
}

/** Rules that lead into the caller's room. Numbers without a rule are found when the lab closes. */
export async function numbersLeft(lab: PhoneLab, scene: Scene): Promise<number> {
  const sip = new SipClient(lab.url.replace('ws', 'http'), lab.apiKey, lab.apiSecret, { failover: false });
  const rules = await sip.listSipDispatchRule();
  const rooms = rules.map(({ rule }) => rule?.rule.case === 'dispatchRuleDirect' && rule.rule.value.roomName);
  return rooms.filter((room) => room === scene.callerRoom.name).length;
}
