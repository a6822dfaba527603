import { performance } from 'node:perf_hooks';
import { expect, it } from 'vitest';
import { WarmTransfer } from '../../src/index.js';
import { optionsWithoutServer } from '../support/without-server.js';

/** Nine minutes of 44.1 kHz stereo, which take far longer to decode than a transfer waits for them. */
function longWav(): Uint8Array {
  const bytes = Buffer.alloc(95_000_000);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(2, 22);
  bytes.writeUInt32LE(44_100, 24);
  bytes.writeUInt32LE(44_100 * 4, 28);
  bytes.writeUInt16LE(4, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(bytes.length - 44, 40);
  return bytes;
}

const holdAudio = longWav();

it('a transfer does not wait for a clip that takes long to decode', async () => {
  await using transfer = new WarmTransfer({ ...optionsWithoutServer(), holdAudio });
  const from = performance.now();
  // There is no room to find the caller in.
  expect(await transfer.run()).toMatchObject({ status: 'caller-left' });
  // Wanted: 2 s.
  expect(performance.now() - from).toBeLessThan(10_000);
}, 60_000);

it('a transfer that is canceled meanwhile is over', async () => {
  await using transfer = new WarmTransfer({ ...optionsWithoutServer(), holdAudio });
  const running = transfer.run();
  const from = performance.now();
  setTimeout(() => transfer.cancel(), 100);
  const { status } = await running;
  // Wanted: 100 ms.
  expect(performance.now() - from, status).toBeLessThan(1500);
  expect(status).toBe('aborted');
}, 60_000);
