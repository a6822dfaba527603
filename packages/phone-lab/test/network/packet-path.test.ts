import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { seededRandom } from '../../src/seeded-random.js';
import { parseNetworkFaults, type PacketFaults } from '../../src/network/line-network.js';
import { PacketPath } from '../../src/network/packet-path.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});

afterEach(() => {
  vi.useRealTimers();
});

const rtp = Uint8Array.from([0x80, 0x6f, ...new Uint8Array(170)]);
const rtcp = Uint8Array.from([0x80, 0xc8, ...new Uint8Array(50)]);
const stun = Uint8Array.from([0x00, 0x01, ...new Uint8Array(50)]);

/** Sends packets 20 ms apart; returns the number and the time of each that arrives, ms after it was sent. */
async function arrivals(faults: PacketFaults, count: number, packet = rtp): Promise<{ n: number; tookMs: number }[]> {
  const path = new PacketPath(parseNetworkFaults(faults, 'faults').send, seededRandom(1));
  const arrived: { n: number; tookMs: number }[] = [];
  for (let n = 0; n < count; n += 1) {
    const sentAt = performance.now();
    path.pass(packet, () => arrived.push({ n, tookMs: performance.now() - sentAt }));
    await vi.advanceTimersByTimeAsync(20);
  }
  await vi.advanceTimersByTimeAsync(30_000);
  return arrived;
}

const numbers = (arrived: readonly { n: number }[]): number[] => arrived.map(({ n }) => n);
const inOrder = (count: number): number[] => Array.from({ length: count }, (_, n) => n);

test('a path without faults delivers every packet immediately', async () => {
  const arrived = await arrivals({}, 100);
  expect(numbers(arrived)).toEqual(inOrder(100));
  expect(Math.max(...arrived.map(({ tookMs }) => tookMs))).toBe(0);
});

test('a path loses the share of packets that was asked for, the same ones for the same seed', async () => {
  const arrived = await arrivals({ lossPercent: 10 }, 2000);
  expect(arrived.length).toBeGreaterThan(1740);
  expect(arrived.length).toBeLessThan(1860);
  expect(numbers(await arrivals({ lossPercent: 10 }, 2000))).toEqual(numbers(arrived));
});

test('a path delays every packet, and jitter spreads the delay without changing the order', async () => {
  const arrived = await arrivals({ delayMs: 200, jitterMs: 100 }, 500);
  expect(numbers(arrived)).toEqual(inOrder(500));
  const times = arrived.map(({ tookMs }) => tookMs);
  expect(Math.min(...times)).toBeGreaterThanOrEqual(200);
  expect(Math.max(...times)).toBeLessThanOrEqual(301);
  expect(Math.max(...times) - Math.min(...times)).toBeGreaterThan(80);
});

test('a reordered packet arrives right after the one that was sent next, or alone after 100 ms', async () => {
  expect(numbers(await arrivals({ reorderPercent: 100 }, 6))).toEqual([1, 0, 3, 2, 5, 4]);
  expect(await arrivals({ reorderPercent: 100 }, 1)).toEqual([{ n: 0, tookMs: 100 }]);
});

test('a path of 40 kbit/s loses half of a stream of 80 kbit/s beyond its queue of 500 ms', async () => {
  const arrived = await arrivals({ bandwidthKbps: 40 }, 500);
  expect(arrived.length).toBeGreaterThan(250);
  expect(arrived.length).toBeLessThan(280);
  expect(Math.max(...arrived.map(({ tookMs }) => tookMs))).toBeLessThan(560);
  expect(await arrivals({ bandwidthKbps: 100 }, 500)).toHaveLength(500);
});

test('a path without RTP lets RTCP and STUN pass', async () => {
  expect(await arrivals({ noRtp: true }, 10)).toHaveLength(0);
  expect(await arrivals({ noRtp: true }, 10, rtcp)).toHaveLength(10);
  expect(await arrivals({ noRtp: true }, 10, stun)).toHaveLength(10);
});
