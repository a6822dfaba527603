import type { Room } from '@livekit/rtc-node';
import { expect, it } from 'vitest';
import { sendDtmf } from '../../src/voicemail/send-dtmf.ts';

it('sendDtmf() sends digits no faster than the gateway plays them, 540 ms each', async () => {
  const pressed: [key: string, at: number][] = [];
  const localParticipant = {
    publishDtmf: async (_code: number, key: string) => void pressed.push([key, performance.now()]),
  };
  await sendDtmf({ isConnected: true, localParticipant } as unknown as Room, '4w#', new AbortController().signal);
  const [first, second] = pressed.map(([, at]) => at);
  expect(pressed.map(([key]) => key)).toEqual(['4', '#']);
  // A timer may come 1 ms early.
  expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(1038);
});
