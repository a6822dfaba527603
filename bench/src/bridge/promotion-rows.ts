import type { PhoneCall, PhoneLab, PhoneScript } from '@org/phone-lab';
import { SipClient } from 'livekit-server-sdk';
import type { BenchSize } from '../bench-size.js';
import { serverOf } from '../cost/join-room.js';
import { runChild } from '../cost/run-child.js';
import { atMost, type Row } from '../result/row.js';
import { CALLER, HUMAN } from './bridged-rooms.js';
import type { PromotionCost } from './promotion-child.js';

const WINDOW_MS = 20;
/** The human agent's line before and after, to tell one from the other. Hz. */
const [OLD_VOICE, NEW_VOICE] = [1_300, 1_700];

const speak: PhoneScript = async (call) => {
  await call.connected();
  call.tone();
};
const speakAnew: PhoneScript = async (call) => {
  await call.connected();
  call.tone(NEW_VOICE);
};

/** Measures the gap that the caller hears when the human agent's own line replaces the bridge, and the remaining cost. */
export async function measurePromotion(
  lab: PhoneLab,
  { promotions, steadySeconds }: Pick<BenchSize, 'promotions' | 'steadySeconds'>,
): Promise<Row[]> {
  const gaps: number[] = [];
  const left: number[] = [];
  for (let turn = 0; turn < promotions; turn += 1) {
    const { gapMs, cost } = await promote(lab, turn, steadySeconds);
    gaps.push(gapMs);
    left.push(Math.max(0, cost.promoted - cost.joined));
  }
  return [
    {
      id: 'promotion-gap',
      figure: 'promotion (`rejoin`): audio gap at the switch',
      unit: 'ms',
      ours: gaps,
      goal: atMost(150, 'under 150 ms'),
    },
    {
      id: 'promotion-cpu',
      figure: 'CPU of the call in the worker after the promotion, over being in the rooms',
      unit: '% of a core',
      ours: left,
      goal: { text: '0', holds: (ours) => Math.round(ours) === 0 },
    },
  ];
}

async function promote(
  lab: PhoneLab,
  turn: number,
  seconds: number,
): Promise<{ readonly gapMs: number; readonly cost: PromotionCost }> {
  const [callerRoom, consultRoom] = [`promotion-caller-room-${turn}`, `promotion-consult-room-${turn}`];
  const caller = await lab.call({
    from: '+15550196',
    roomName: callerRoom,
    identity: CALLER,
    voice: 900,
    script: speak,
  });
  const human = await dial(lab, consultRoom, `+1555030${turn}`);
  const file = new URL('./promotion-child.js', import.meta.url);
  const cost = await runChild<PromotionCost>(file, [callerRoom, consultRoom, String(seconds)], serverOf(lab));
  const gapMs = gapAt(caller);
  await human.refers[0]?.newCall?.hangUp();
  await caller.hangUp();
  return { gapMs, cost };
}

async function dial(lab: PhoneLab, roomName: string, number: string): Promise<PhoneCall> {
  const phone = lab.phone(
    number,
    async (call) => {
      await call.answer();
      call.onRefer({ follow: speakAnew, hangsUp: true });
      call.tone();
    },
    { voice: OLD_VOICE },
  );
  const sip = new SipClient(lab.url.replace('ws', 'http'), lab.apiKey, lab.apiSecret, { failover: false });
  await sip.createSipParticipant(lab.trunkId, number, roomName, {
    participantIdentity: HUMAN,
    waitUntilAnswered: true,
    ringingTimeout: 20,
  });
  return phone.nextCall();
}

/** From the last that the caller heard of the old line until the first of the new one. */
function gapAt(caller: PhoneCall): number {
  const parties = [
    { name: 'old', frequencies: [OLD_VOICE] },
    { name: 'new', frequencies: [NEW_VOICE] },
  ];
  const windows = caller.ear.timeline(parties, WINDOW_MS);
  const first = windows.findIndex(({ heard }) => heard.includes('new'));
  const last = windows.findLastIndex(({ heard }) => heard.includes('old'));
  return first < 0 || last < 0 ? Number.POSITIVE_INFINITY : Math.max(0, first - last - 1) * WINDOW_MS;
}
