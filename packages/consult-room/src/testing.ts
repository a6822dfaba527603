export { InMemoryRoomService } from './testing/in-memory-room-service.js';
export type { RoomServiceMethod } from './testing/in-memory-room-service.js';
export { InMemorySipService } from './testing/in-memory-sip-service.js';
export type { OrderedTransfer, SipServiceMethod } from './testing/in-memory-sip-service.js';
