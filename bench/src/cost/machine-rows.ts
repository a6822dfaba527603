import type { BenchSize } from '../bench-size.js';
import { noResults, type Results } from '../result/row.js';

export async function measureMachine(_size: BenchSize): Promise<Results> {
  return noResults;
}
