import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WarmTransfer } from '../../src/index.js';
import { hearOut, startCallCenter, voices } from '../support/call-center.js';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(() => lab.close());

/** LiveKit's `ParticipantInfo.Kind.AGENT`. */
const isAgent = ({ kind }: { readonly kind: number }): boolean => kind === 4;

/** Ends the connection of the agent in every room but the caller's. */
async function throwBriefingAgentOut(callerRoom: string): Promise<void> {
  const rooms = new RoomServiceClient(lab.url.replace('ws', 'http'), lab.apiKey, lab.apiSecret, { failover: false });
  for (const { name } of await rooms.listRooms()) {
    if (name === callerRoom) continue;
    const agents = (await rooms.listParticipants(name)).filter(isAgent);
    for (const { identity } of agents) await rooms.removeParticipant(name, identity);
  }
}

it('the loss of our own connection in the briefing is distinguished from that of the human agent, and leaves no party in silence', async () => {
  await using center = await startCallCenter(lab);
  const human = center.phone(async (call) => {
    await call.answer();
    call.tone();
  });
  await using transfer = new WarmTransfer(center.options);
  const running = transfer.run();
  const line = await human.nextCall();
  await line.connected();
  await hearOut(line);
  await throwBriefingAgentOut(center.options.room?.name ?? '');
  expect(await running).toMatchObject({
    status: 'failed',
    caller: 'returned',
    cause: { message: 'the briefing agent lost the consult room (PARTICIPANT_REMOVED)' },
  });
  await line.untilEnded();
  center.session.say('I am back.');
  await center.caller.waitToHear(voices.agent);
}, 60_000);
