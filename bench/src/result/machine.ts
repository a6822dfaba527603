import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, loadavg, totalmem } from 'node:os';
import { dirname, join } from 'node:path';

/** The machine on which the figures were taken. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  readonly platform: string;
  /** Of the last minute, before anything was measured. */
  readonly loadBefore: number;
  /** Percent of the CPU that the host gave to others meanwhile; absent where the system does not tell. */
  readonly stolen?: number | undefined;
  /** Installed versions of the measured packages. */
  readonly versions: Readonly<Record<string, string>>;
}

const measured = ['@livekit/agents', '@livekit/rtc-node', 'livekit-server-sdk', '@org/warm-transfer'];

export function describeMachine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    loadBefore: loadavg()[0] ?? Number.NaN,
    versions: Object.fromEntries(measured.map((name) => [name, versionOf(name)])),
  };
}

/** From now on; what it returns tells it at any time. */
export function watchStolenCpu(): () => number | undefined {
  const before = cpuTimes();
  return () => {
    const now = cpuTimes();
    if (before === undefined || now === undefined) return undefined;
    return ((now.stolen - before.stolen) / Math.max(1, now.all - before.all)) * 100;
  };
}

function cpuTimes(): { readonly all: number; readonly stolen: number } | undefined {
  if (process.platform !== 'linux') return undefined;
  // user, nice, system, idle, iowait, irq, softirq, steal; what guests had is in user already.
  const times = readFileSync('/proc/stat', 'utf8').split('\n')[0]?.trim().split(/\s+/).slice(1, 9).map(Number) ?? [];
  return { all: times.reduce((sum, ticks) => sum + ticks, 0), stolen: times[7] ?? 0 };
}

/** The folder of an installed package, as code in the folder `from` would find it. */
export function packageFolder(name: string, from: string = benchFolder): string {
  const { resolve } = createRequire(join(from, 'package.json'));
  // By a file in it: a package may have the name of a module of Node.
  const searched = resolve.paths(`${name}/package.json`) ?? [];
  const folder = searched.map((path) => join(path, name)).find((path) => readPackage(path) !== undefined);
  if (folder === undefined) throw new Error(`${name} is not installed`);
  return folder;
}

function versionOf(name: string): string {
  return readPackage(packageFolder(name)) ?? 'unknown';
}

function readPackage(folder: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
  } catch {
    // Not in this folder: the next one up may have it.
    return undefined;
  }
}

/** The folder that this file's package is in. */
export const benchFolder: string = dirname(dirname(dirname(new URL(import.meta.url).pathname)));
