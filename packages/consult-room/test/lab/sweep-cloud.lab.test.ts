import { startPhoneLab } from '@org/phone-lab';
import { expect, it } from 'vitest';
import { sweepConsultRooms } from '../../src/index.ts';
import { serviceOf, setScene } from '../support/fixture.ts';
import { until } from '../support/until.ts';

it('frees a human agent on a server that asks the nodes, once the caller room is gone', async () => {
  await using lab = await startPhoneLab({ cloud: { noResponseMs: 300 } });
  await using scene = await setScene(lab);
  const human = await scene.dialHuman();
  const { url, apiKey, apiSecret } = lab;
  const sweep = (): ReturnType<typeof sweepConsultRooms> =>
    sweepConsultRooms({ url, apiKey, apiSecret, olderThanMs: 0, graceMs: 100 });
  expect(await sweep()).toMatchObject([{ id: scene.consult.name, action: 'kept', why: 'agent' }]);

  // The agent dies: its connections end without anything being taken back.
  await scene.consultRoom.disconnect();
  expect(await sweep()).toMatchObject([{ id: scene.consult.name, action: 'kept', why: 'caller' }]);

  const callerRoomName = scene.callerRoom.name ?? '';
  await scene.caller.hangUp();
  await scene.callerRoom.disconnect();
  const service = serviceOf(lab);
  await service.deleteRoom(callerRoomName);
  await until('the caller room is gone', async () => (await service.listRooms([callerRoomName])).length === 0);
  await expect(service.listParticipants(callerRoomName)).rejects.toMatchObject({ status: 503 });

  expect(await sweep()).toEqual([{ kind: 'room', id: scene.consult.name, action: 'deleted' }]);
  await human.untilEnded();
});
