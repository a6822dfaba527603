import { setTimeout as sleep } from 'node:timers/promises';
import type { PhoneLab, PhoneScript } from '@org/phone-lab';
import type { DialOutcome } from '../../src/index.js';
import { labWorld } from './lab-harness.js';

interface ProxyCourse {
  /** When the proxy gives up, and when the phones decide; in milliseconds from the request on. */
  readonly afterMs: number;
  readonly ringMs: number;
  /** Of the phone that nobody takes. */
  readonly limitMs: number;
}

interface ProxiedDials {
  /** What became of a phone that answers, one that is busy, and one that nobody takes. */
  readonly statuses: Promise<readonly DialOutcome['status'][]>;
}

/** Dials three phones through a proxy; resolves when it has their requests. Rejects `statuses` if one is dialed twice. */
export async function dialThroughProxy(
  lab: PhoneLab,
  { afterMs, ringMs, limitMs }: ProxyCourse,
): Promise<ProxiedDials> {
  const world = await labWorld(lab, { watched: true });
  const scripts: readonly PhoneScript[] = [
    async (call) => {
      await call.ring(ringMs);
      await call.answer();
    },
    async (call) => {
      await call.ring(ringMs);
      await call.reject(486);
    },
    (call) => call.neverAnswer(),
  ];
  const requests = scripts.map((script) => world.request(script));
  const rooms = await Promise.all(requests.map(({ roomName }) => world.watch(roomName)));
  const proxy = lab.fault({
    method: 'CreateSIPParticipant',
    times: scripts.length,
    do: { proxy: { status: 504, afterMs } },
  });
  const dials = requests.map((request, index) =>
    // A busy machine may take its time until a phone decides.
    world.dialer.dial({ ...request, watch: rooms[index], ringingTimeoutMs: index === 2 ? limitMs : 30_000 }),
  );
  while (proxy.hits < scripts.length) await sleep(10);
  const conclude = async (): Promise<readonly DialOutcome['status'][]> => {
    await using _ending = world;
    const outcomes = await Promise.all(dials);
    await Promise.all(outcomes.map(async (outcome) => outcome.status === 'answered' && outcome.call.hangUp()));
    if (world.requestCount() !== scripts.length) throw new Error(`${world.requestCount()} requests`);
    return outcomes.map(({ status }) => status);
  };
  return { statuses: conclude() };
}
