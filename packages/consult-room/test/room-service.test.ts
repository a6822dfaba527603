import { InMemoryRoomService } from '../src/testing.ts';
import { roomServiceContract } from './support/room-service-contract.ts';

const service = new InMemoryRoomService();

roomServiceContract('in-memory', () => ({
  service,
  join: (room, identity) => {
    service.addParticipant(room, { identity, kind: 3 });
    return Promise.resolve(() => Promise.resolve());
  },
}));
