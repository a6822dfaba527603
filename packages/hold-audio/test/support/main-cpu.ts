import { existsSync, readFileSync } from 'node:fs';

/** The statistics of a process's first thread on Linux. */
const schedule = '/proc/self/schedstat';

/**
 * CPU time that the main thread has taken, in milliseconds: what other programs and threads take does not count. Where
 * the system does not report it, that of the whole process.
 */
export function mainCpuMs(): number {
  if (existsSync(schedule)) return Number.parseInt(readFileSync(schedule, 'latin1'), 10) / 1e6;
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** The most CPU time of the main thread, in milliseconds, between two turns of the event loop during some work. */
export async function longestBlockMs(work: () => Promise<unknown>): Promise<number> {
  let [longest, last, isOver] = [0, mainCpuMs(), false];
  const turn = (): void => {
    const now = mainCpuMs();
    [longest, last] = [Math.max(longest, now - last), now];
    if (!isOver) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  isOver = true;
  // One more turn, so that a block at the very end is seen.
  await new Promise(setImmediate);
  return longest;
}

/** The least of three such times, or the first below the limit: the process collects garbage and compiles meanwhile. */
export async function leastBlockMs(limitMs: number, work: () => Promise<unknown>): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let time = 0; time < 3 && least >= limitMs; time += 1) least = Math.min(least, await longestBlockMs(work));
  return least;
}
