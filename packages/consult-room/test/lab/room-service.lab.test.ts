import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { RoomServiceClient } from 'livekit-server-sdk';
import { afterAll, beforeAll } from 'vitest';
import { connectSipService } from '../../src/api/sip-service.ts';
import { roomServiceContract } from '../support/room-service-contract.ts';
import { sipServiceContract } from '../support/sip-service-contract.ts';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab({ cloud: { noResponseMs: 300 } });
});
afterAll(async () => {
  await lab.close();
});

roomServiceContract('server', () => ({
  // Both services are parts of the SDK's own client.
  service: new RoomServiceClient(lab.url.replace('ws', 'http'), lab.apiKey, lab.apiSecret, { failover: false }),
  join: async (roomName, identity) => {
    const phone = await lab.call({ from: '+15550101111', roomName, identity });
    return async () => {
      if (!phone.ended) await phone.hangUp();
    };
  },
}));

sipServiceContract('server', () => connectSipService(lab));
