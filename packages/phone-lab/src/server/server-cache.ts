import { homedir } from 'node:os';
import { join } from 'node:path';
import { SERVER_VERSION } from './server-version.js';

/** The directory of the built server: in the user's cache, so that every checkout shares it. */
export function cachedServerPath(): string {
  const cache = process.env['XDG_CACHE_HOME'] ?? '';
  return join(cache === '' ? join(homedir(), '.cache') : cache, 'phone-lab', `livekit-server-${SERVER_VERSION}`);
}
