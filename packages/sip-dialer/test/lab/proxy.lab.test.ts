import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SipDialer } from '../../src/index.js';
import { dialThroughProxy } from '../support/dial-through-proxy.js';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(async () => {
  await lab.close();
});

test('through proxies that cut the waiting request, each phone ends as without one, called once', async () => {
  const first = await dialThroughProxy(lab, { afterMs: 500, ringMs: 1_500, limitMs: 4_000 });
  const second = await dialThroughProxy(lab, { afterMs: 2_000, ringMs: 3_000, limitMs: 5_000 });
  expect(await Promise.all([first.statuses, second.statuses])).toEqual([
    ['answered', 'busy', 'no-answer'],
    ['answered', 'busy', 'no-answer'],
  ]);
});

test.each([200, 502])(
  'a page with HTTP %d in the place of a server is failed, with what to look at',
  async (status) => {
    const pages = createServer((_request, response) =>
      response.writeHead(status, { 'content-type': 'text/html' }).end('<html>'),
    );
    pages.listen(0, '127.0.0.1');
    await once(pages, 'listening');
    const url = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
    const dialer = new SipDialer({ url, apiKey: 'key', apiSecret: 'a-secret-that-is-long-enough-to-sign' });
    const request = { to: '100', roomName: 'room', participantIdentity: 'human', trunkId: 'ST_1' };
    const before = performance.now();
    const outcome = await dialer.dial(request);
    expect(outcome).toMatchObject({ status: 'failed', cause: { code: 'server-error' } });
    expect(outcome).toHaveProperty(
      'cause.message',
      expect.stringContaining(`HTTP ${status} from something other than LiveKit`),
    );
    // Wanted: four seconds; the rest is for a busy machine.
    expect(performance.now() - before).toBeLessThan(20_000);
    pages.close();
    await once(pages, 'close');
  },
  30_000,
);
