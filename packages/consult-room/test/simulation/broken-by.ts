import { simulate } from './simulate.ts';

/** Returns the first few seeds with which a contract is broken, and the broken contracts. */
export function brokenBy(
  first: number,
  runs: number,
  run: (seed: number) => readonly string[] = simulate,
): Readonly<Record<number, readonly string[]>> {
  const broken: Record<number, readonly string[]> = {};
  for (let seed = first; seed < first + runs && Object.keys(broken).length < 5; seed += 1) {
    const found = run(seed);
    if (found.length > 0) broken[seed] = found;
  }
  return broken;
}
