import { RoomServiceClient } from 'livekit-server-sdk';

// Run as a process of its own: creates a room that nobody deletes.
const [url, apiKey, apiSecret, name] = process.argv.slice(2);
await new RoomServiceClient(url, apiKey, apiSecret).createRoom({ name });
