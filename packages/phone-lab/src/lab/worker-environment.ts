import { freePorts } from '../server/free-ports.js';
import type { PhoneLab } from './phone-lab.js';

/** Returns the environment variables that point a worker to the lab. */
export async function workerEnvironment(
  lab: Pick<PhoneLab, 'url' | 'apiKey' | 'apiSecret' | 'trunkId' | 'trunkNumber'>,
): Promise<Readonly<Record<string, string>>> {
  return {
    LIVEKIT_URL: lab.url,
    LIVEKIT_API_KEY: lab.apiKey,
    LIVEKIT_API_SECRET: lab.apiSecret,
    LIVEKIT_SIP_OUTBOUND_TRUNK: lab.trunkId,
    LIVEKIT_SIP_NUMBER: lab.trunkNumber,
    WORKER_PORT: String((await freePorts()).http),
  };
}
