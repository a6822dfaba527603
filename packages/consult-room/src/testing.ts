export { InMemoryRoomService } from './testing/in-memory-room-service.js';
export { InMemorySipService } from './testing/in-memory-sip-service.js';
export type { ParticipantService } from './api/participant-service.js';
export type { RoomService } from './api/room-service.js';
export type { SipService } from './api/sip-service.js';
