import { RoomServiceClient, SipClient } from 'livekit-server-sdk';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startPhoneLab, type PhoneLab } from '../../src/index.js';
import { canceled, expectCanceledAtJoin, expectRefusal, refusals } from '../support/failed-dial.js';

let lab: PhoneLab;
let numbers = 0;

beforeAll(async () => {
  lab = await startPhoneLab();
});

afterAll(() => lab.close());

const newNumber = (): string => `+${(numbers += 1)}`;

test.concurrent.each(refusals)(
  'a phone that refuses with %i %s is HTTP %i %s with the SIP status, and leaves ringing with reason %i',
  (...row) => expectRefusal(lab, newNumber(), row),
);

test.concurrent.for(Array.from({ length: 10 }, (_, i) => i + 1))(
  'a dial that is canceled in the moment the phone joins fails as canceled, and the phone does not ring on (%i)',
  () => expectCanceledAtJoin(lab, newNumber()),
);

test.concurrent.each([
  ['removed', 4],
  ['deleted', 5],
])('a dial can be canceled at every moment of the ringing, when its participant or room is %s', async (how, reason) => {
  const sip = new SipClient(lab.url, lab.apiKey, lab.apiSecret);
  const rooms = new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret);
  for (let i = 0; i < 6; i += 1) {
    const [number, room] = [newNumber(), `moment-${how}-${i}`];
    const phone = lab.phone(number, (call) => call.neverAnswer());
    const dial = sip
      .createSipParticipant(lab.trunkId, number, room, { waitUntilAnswered: true, participantIdentity: 'phone' })
      .catch((error: unknown) => error);
    const call = await phone.nextCall();
    await vi.waitUntil(() => call.status.at(-1)?.status === 'ringing', { interval: 1, timeout: 10_000 });
    await call.wait(i * 24);
    const canceledAt = Date.now();
    await (how === 'removed' ? rooms.removeParticipant(room, 'phone') : rooms.deleteRoom(room));
    expect(await dial).toMatchObject(canceled);
    expect(await call.finished).toMatchObject({ how: 'disconnected', reason });
    expect((call.ended?.at ?? Infinity) - canceledAt).toBeLessThan(5000);
  }
});

test.concurrent('an answer in the moment in which the caller gives up is one or the other, never both', async () => {
  const sip = new SipClient(lab.url, lab.apiKey, lab.apiSecret);
  const rooms = new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret);
  for (let answerMs = 85; answerMs <= 118; answerMs += 3) {
    const [number, room] = [newNumber(), `crossing-${answerMs}`];
    const phone = lab.phone(number, async (call) => {
      await call.ring(100);
      await call.answer();
    });
    const dialed = sip
      .createSipParticipant(lab.trunkId, number, room, { waitUntilAnswered: true, participantIdentity: 'phone' })
      .catch(() => undefined);
    const call = await phone.nextCall();
    await vi.waitUntil(() => /ringing|active/.test(call.status.at(-1)?.status ?? ''), { interval: 1, timeout: 10_000 });
    await new Promise((done) => setTimeout(done, answerMs));
    await rooms.removeParticipant(room, 'phone');
    await dialed;
    expect(await call.finished).toMatchObject({ how: 'disconnected', reason: 4 });
    expect(await rooms.listParticipants(room)).toEqual([]);
  }
});
