export { InMemoryRoomService } from './testing/in-memory-room-service.js';
export type { RoomServiceMethod } from './testing/in-memory-room-service.js';
