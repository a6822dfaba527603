// #region readme
import { SipClient } from 'livekit-server-sdk';
import { startPhoneLab } from '@org/phone-lab';

export async function twoPeopleTalk(): Promise<boolean> {
  await using lab = await startPhoneLab();
  const human = lab.phone('+15550001', async (call) => {
    await call.ring(300);
    await call.answer();
    call.tone(1000); // what this person sounds like
    await call.waitToHear(600);
    await call.wait(500);
    await call.hangUp();
  });
  const caller = await lab.call({ from: '+15550002', roomName: 'support', voice: 600 });

  const sip = new SipClient(lab.url, lab.apiKey, lab.apiSecret);
  await sip.createSipParticipant(lab.trunkId, '+15550001', 'support', { waitUntilAnswered: true });
  await caller.connected();
  caller.tone();
  await human.done;
  const heard = caller.ear.heard(1000);
  await caller.hangUp();
  return heard;
}
// #endregion readme
