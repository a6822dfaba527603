import { startPhoneLab } from '@org/phone-lab';
import type { PhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll } from 'vitest';
import { connectRoomService } from '../src/room/room-service.ts';
import { joinAs } from './support/scene.ts';
import { roomServiceContract } from './support/room-service-contract.ts';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(async () => {
  await lab.close();
});

roomServiceContract('server', () => ({
  service: connectRoomService({
    url: lab.url,
    apiKey: lab.apiKey,
    apiSecret: lab.apiSecret,
    requestTimeoutMs: 5_000,
  }),
  join: async (room, identity) => {
    const phone = await joinAs(lab, room, identity, { kind: 'sip' });
    return () => phone.disconnect();
  },
}));
