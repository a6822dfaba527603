import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePorts } from '../../src/server/free-ports.js';

test('free ports are none that a connection may take before a program listens on them', async () => {
  const all = await Promise.all(Array.from({ length: 50 }, () => freePorts()));
  for (const { http, udp } of all) for (const port of [http, udp]) expect(port).toBeLessThan(32_768);
  const [first] = all;
  const server = createServer();
  await new Promise<void>((done) => server.listen(first?.http, '0.0.0.0', done));
  await new Promise((done) => server.close(done));
});
