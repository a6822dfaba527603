import type { BenchSize } from './bench-size.js';
import type { Results } from './result/row.js';

/**
 * Groups of figures, in the order of the table. Each has a process of its own, so that a fault that brings one down or
 * leaves it slower does not reach the next; and is loaded only there.
 */
export const groups: Readonly<Record<string, (size: BenchSize) => Promise<Results>>> = {
  transfers: async (size) => (await import('./calls/transfer-rows.js')).measureTransfers(size),
  cloud: async (size) => (await import('./calls/transfer-rows.js')).measureCloud(size),
  busy: async (size) => (await import('./calls/transfer-rows.js')).measureBusy(size),
  briefing: async (size) => (await import('./briefing/first-word-rows.js')).measureFirstWord(size),
  bridge: async (size) => (await import('./bridge/bridge-rows.js')).measureBridge(size),
  hold: async (size) => (await import('./hold/hold-rows.js')).measureHold(size),
  machine: async (size) => (await import('./cost/machine-rows.js')).measureMachine(size),
  imports: async (size) => (await import('./cost/import-rows.js')).measureImports(size),
};
