import { expect, it } from 'vitest';
import { capacityTable } from '../src/result/capacity.js';
import type { Results } from '../src/result/row.js';

it('the capacity is the cores for so many calls from the median cost of one, at 70 % load', () => {
  const results: Results = {
    rows: [
      { id: 'hold-steady-cpu', figure: '', unit: 'ms CPU', ours: [1_000, 2_100, 9_000] },
      { id: 'bridge-cpu', figure: '', unit: '% of a core', ours: [14] },
      { id: 'promotion-cpu', figure: '', unit: '% of a core', ours: 'nothing measured' },
    ],
    series: [],
  };
  expect(capacityTable(results).filter((line) => line.startsWith('| '))).toEqual([
    '| state of the call | of a core each | cores for 10 | cores for 100 | cores for 1,000 |',
    '| --- | --- | --- | --- | --- |',
    '| on hold | 3.5 % | 1 | 5 | 50 |',
    '| bridged | 14.0 % | 2 | 20 | 200 |',
  ]);
});
