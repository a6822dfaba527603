import { expect, test } from 'vitest';
import { parseLineNetwork, parseNetworkFaults } from '../../src/network/line-network.js';

test('a direction overrules what is given for both', () => {
  const { send, receive } = parseNetworkFaults({ lossPercent: 5, delayMs: 100, receive: { delayMs: 20 } }, 'faults');
  expect(send).toMatchObject({ lossPercent: 5, delayMs: 100, bandwidthKbps: Infinity, noRtp: false });
  expect(receive).toMatchObject({ lossPercent: 5, delayMs: 20 });
});

test.each([
  [{ lossPercent: 101 }, 'line.lossPercent must be from 0 to 100, not 101'],
  [{ send: { reorderPercent: -1 } }, 'line.send.reorderPercent must be from 0 to 100, not -1'],
  [{ receive: { delayMs: Number.NaN } }, 'line.receive.delayMs must be from 0 to 10000, not NaN'],
  [{ jitterMs: 20_000 }, 'line.jitterMs must be from 0 to 10000, not 20000'],
  [{ bandwidthKbps: 0 }, 'line.bandwidthKbps must be more than 0, not 0'],
  [{ seed: 1.5 }, 'line.seed must be a whole number, not 1.5'],
])('a line with %o is refused by the name that the user wrote', (line, message) => {
  expect(() => parseLineNetwork(line)).toThrow(expect.objectContaining({ code: 'invalid-option', message }));
});
