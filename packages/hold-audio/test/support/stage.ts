import { type Ear, EAR_SAMPLE_RATE, type PhoneCall, type PhoneLab } from '@org/phone-lab';
import { RoomServiceClient } from 'livekit-server-sdk';
import { type Agent, joinAgent } from './agent.js';
import { levelDb } from './measure.js';

/** The tone of the host, besides the hold audio. */
export const HOST_VOICE = 3000;

let attempt = 0;

export interface Stage extends AsyncDisposable {
  readonly agent: Agent;
  readonly call: PhoneCall;
  readonly tracks: () => Promise<string[]>;
}

/** A phone on the line with a host who speaks all the time, and an agent who does not yet. */
export async function openStage(lab: PhoneLab): Promise<Stage> {
  attempt += 1;
  const roomName = `hold-${attempt}`;
  const [host, agent] = [await joinAgent(lab, roomName, 'host'), await joinAgent(lab, roomName, 'agent')];
  await host.speak(HOST_VOICE);
  const call = await lab.call({ from: '+15550001', roomName });
  await call.connected();
  await call.waitToHear(HOST_VOICE);
  const rooms = new RoomServiceClient(lab.url, lab.apiKey, lab.apiSecret);
  return {
    agent,
    call,
    tracks: async () => (await rooms.getParticipant(roomName, 'agent')).tracks.map(({ name }) => name).sort(),
    [Symbol.asyncDispose]: async () => {
      if (call.ended === undefined) await call.hangUp();
      await Promise.all([agent[Symbol.asyncDispose](), host[Symbol.asyncDispose]()]);
    },
  };
}

/** Returns the phone's recording of the agent alone, since a time. */
export const agentIn = (ear: Ear, from?: number): Int16Array =>
  ear.pcm({ publisher: 'agent', ...(from === undefined ? {} : { from }) });

/** Levels of consecutive windows of so many milliseconds. */
export function levels(samples: Int16Array, ms: number): number[] {
  const size = (EAR_SAMPLE_RATE * ms) / 1000;
  return Array.from({ length: Math.floor(samples.length / size) }, (_, i) =>
    levelDb(samples, i * size, (i + 1) * size),
  );
}
