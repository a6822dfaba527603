import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { PhoneLab } from '@org/phone-lab';
import { AccessToken } from 'livekit-server-sdk';
import type { CallStatistics } from '../../src/index.ts';
import { median } from './bridge-delays.ts';
import { fresh, joinAs } from './fixture.ts';
import { listen } from './listen.ts';
import { Microphone } from './microphone.ts';
import { pause } from './until.ts';

/** A bridge in a process of its own, between a participant who speaks and one who listens in this process. */
export interface RemoteBridge extends AsyncDisposable {
  /** Blocks the event loop of the bridge. Resolves a second later to its statistics. */
  block(ms: number): Promise<CallStatistics>;
  /** Stops the process of the bridge as a whole, native threads included. */
  freeze(ms: number): Promise<void>;
  /** Measures how long a burst takes from the speaker to the listener: the median of several. */
  delay(): Promise<number>;
}

/** More than any delay, so that a burst is not mistaken for the previous one. */
const burstEveryMs = 600;

const burstsPerLook = 5;

export async function remoteBridge(lab: PhoneLab): Promise<RemoteBridge> {
  const [callerRoom, consultRoom] = [fresh('caller-room'), fresh('consult-room')];
  const speaker = await joinAs(lab, callerRoom, 'caller');
  const listener = await joinAs(lab, consultRoom, 'human');
  const voice = await Microphone.on(speaker, 440, { direct: true });
  const silent = await Microphone.on(listener, 1_000, { direct: true });
  const bursts: number[] = [];
  let loud = false;
  listen(listener, 'bridge', (peak, at) => {
    if (peak > 9_000 && !loud) bursts.push(at);
    loud = peak > 9_000;
  });
  const worker = await startWorker(lab, callerRoom, consultRoom);
  return {
    block: async (blockMs) => {
      worker.send({ blockMs });
      const [{ statistics }] = (await once(worker, 'message')) as [{ statistics: CallStatistics }];
      return statistics;
    },
    freeze: async (ms) => {
      worker.kill('SIGSTOP');
      await pause(ms);
      worker.kill('SIGCONT');
    },
    delay: async () => {
      const delays: number[] = [];
      for (let sent = 0; sent < burstsPerLook; sent += 1) {
        const sentAt = await voice.burst();
        await pause(burstEveryMs);
        delays.push((bursts.find((at) => at > sentAt) ?? Number.POSITIVE_INFINITY) - sentAt);
      }
      return median(delays);
    },
    [Symbol.asyncDispose]: async () => {
      const exited = once(worker, 'exit');
      worker.send({});
      await exited;
      for (const microphone of [voice, silent]) await microphone[Symbol.asyncDispose]();
      for (const room of [speaker, listener]) await room.disconnect();
    },
  };
}

async function startWorker(lab: PhoneLab, ...rooms: readonly string[]): Promise<ChildProcess> {
  const tokens = await Promise.all(
    rooms.map((room) => {
      const token = new AccessToken(lab.apiKey, lab.apiSecret, { identity: 'bridge' });
      token.addGrant({ roomJoin: true, room, canPublish: true, canSubscribe: true });
      return token.toJwt();
    }),
  );
  const order = { url: lab.url, rooms: tokens, identities: ['caller', 'human'] };
  const worker = fork(new URL('stalling-worker.mjs', import.meta.url), [JSON.stringify(order)], {
    stdio: 'inherit',
    execArgv: [],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  await once(worker, 'message');
  return worker;
}
