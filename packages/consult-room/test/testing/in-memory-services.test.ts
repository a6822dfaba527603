import { InMemoryRoomService, InMemorySipService } from '../../src/testing.ts';
import { roomServiceContract } from '../support/room-service-contract.ts';
import { sipServiceContract } from '../support/sip-service-contract.ts';

const service = new InMemoryRoomService();

roomServiceContract('in-memory', () => ({
  service,
  join: (room, identity) => {
    service.addParticipant(room, { identity, kind: 3 });
    return Promise.resolve(() => Promise.resolve());
  },
}));

const sip = new InMemorySipService();
sipServiceContract('in-memory', () => sip);
