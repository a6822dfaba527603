import { startPhoneLab } from '@org/phone-lab';
import { describe, expect, it } from 'vitest';
import { sweepConsultRooms } from '../../src/index.ts';
import { expectNothingLeftAfter } from '../support/cycles.ts';
import { createFixture, serviceOf } from '../support/fixture.ts';
import { expectSweptAfterKilling } from '../support/kill-workers.ts';
import { until } from '../support/until.ts';

describe.concurrent('a sweep', () => {
  it('frees the human agents of killed workers, once their callers are gone, and touches no live call', async () => {
    await expectSweptAfterKilling(['ringing', 'held', 'promoting']);
  }, 150_000);

  it('finds nothing after 30 rooms or more, opened and closed while every API call may fail', async () => {
    await using own = await startPhoneLab();
    await expectNothingLeftAfter(own, 30);
  }, 120_000);

  it('frees a human agent on a server that asks its nodes, once the caller room is gone', async () => {
    await using lab = await startPhoneLab({ cloud: { noResponseMs: 300 } });
    await using fixture = await createFixture(lab);
    const human = await fixture.dialHuman();
    const { url, apiKey, apiSecret } = lab;
    const sweep = (): ReturnType<typeof sweepConsultRooms> =>
      sweepConsultRooms({ url, apiKey, apiSecret, olderThanMs: 0, graceMs: 100 });
    expect(await sweep()).toMatchObject([{ id: fixture.consult.name, action: 'kept', reason: 'agent' }]);

    // The agent crashes: its connections end without any cleanup.
    await fixture.consultRoom.disconnect();
    expect(await sweep()).toMatchObject([{ id: fixture.consult.name, action: 'kept', reason: 'caller' }]);

    const callerRoomName = fixture.callerRoom.name ?? '';
    await fixture.caller.hangUp();
    await fixture.callerRoom.disconnect();
    const service = serviceOf(lab);
    await service.deleteRoom(callerRoomName);
    await until('the caller room is gone', async () => (await service.listRooms([callerRoomName])).length === 0);
    await expect(service.listParticipants(callerRoomName)).rejects.toMatchObject({ status: 503 });

    expect(await sweep()).toEqual([{ kind: 'room', id: fixture.consult.name, action: 'deleted' }]);
    await human.untilEnded();
  });
});
