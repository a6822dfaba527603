import { readFileSync } from 'node:fs';

/** CPU time of this whole process so far, all threads, in milliseconds. */
export function processCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** CPU time of the main thread alone, in milliseconds. Linux only: the scheduler counts it in nanoseconds. */
export function mainThreadCpuMs(): number {
  const [onCpu = ''] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ');
  return Number(onCpu) / 1e6;
}

/** Memory of this process that is in RAM, in MB, after a collection where Node allows one. */
export function memoryMb(): number {
  globalThis.gc?.();
  return process.memoryUsage.rss() / 2 ** 20;
}
