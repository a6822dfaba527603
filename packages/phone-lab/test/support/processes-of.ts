import { readdir, readFile, readlink } from 'node:fs/promises';

/** Process ids of the server and of its guard: those that write to this log. Linux only. */
export async function processesOf(log: string, command = ''): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid) => {
      // A process may be gone by now.
      const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
      const targets = await Promise.all(files.map((fd) => readlink(`/proc/${pid}/fd/${fd}`).catch(() => '')));
      const [binary] = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0');
      return targets.includes(log) && binary?.includes(command) ? [pid] : [];
    }),
  );
  return found.flat();
}

/** Process ids whose command line holds this word. Linux only. */
export async function processesNamed(word: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid) => {
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      return command.split('\0').includes(word) ? [pid] : [];
    }),
  );
  return found.flat();
}
