import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type PhoneLab, type PhoneScript, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DialOutcome, SipDialer } from '../src/index.js';
import { labWorld } from './lab-world.js';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(async () => {
  await lab.close();
});

test('through a proxy that cuts the waiting request, each phone ends as without one, called once', async () => {
  await using world = await labWorld(lab, { watched: true });
  using proxy = lab.fault({ method: 'CreateSIPParticipant', do: { proxy: { status: 504, afterMs: 500 } } });
  const dial = async (script: PhoneScript): Promise<DialOutcome> => {
    const request = world.request(script);
    const watch = await world.watch(request.roomName);
    return world.dialer.dial({ ...request, watch, ringingTimeoutMs: 4_000 });
  };
  const [answered, ...others] = await Promise.all([
    dial(async (call) => {
      await call.ring(1_500);
      await call.answer();
    }),
    dial(async (call) => {
      await call.ring(1_500);
      await call.reject(486);
    }),
    dial((call) => call.neverAnswer()),
  ]);
  if (answered.status === 'answered') await answered.call.hangUp();
  expect([answered, ...others].map(({ status }) => status)).toEqual(['answered', 'busy', 'no-answer']);
  expect(proxy.hits).toBe(3);
});

test('a page in the place of a server is failed, with what to look at', async () => {
  const pages = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<html>'));
  pages.listen(0, '127.0.0.1');
  await once(pages, 'listening');
  const url = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
  const dialer = new SipDialer({ url, apiKey: 'key', apiSecret: 'a-secret-that-is-long-enough-to-sign' });
  const request = {
    to: '100',
    roomName: 'room',
    participantIdentity: 'human',
    trunkId: 'ST_1',
    ringingTimeoutMs: 1_000,
  };
  const outcome = await dialer.dial(request);
  expect(outcome).toMatchObject({ status: 'failed', cause: { code: 'server-error' } });
  expect(outcome).toHaveProperty('cause.message', expect.stringContaining("url is not LiveKit's"));
  pages.close();
  await once(pages, 'close');
});
