import { readdir, readFile, readlink } from 'node:fs/promises';
import type { Socket } from 'node:net';

/** The process at the other end of a connection. */
export interface Client {
  readonly pid: number;
  /** Its process group: a worker's jobs are in the group of the worker. */
  readonly group: number;
}

/**
 * Whose connection from this machine this is; undefined if that cannot be found out, as on systems without `/proc`. Never
 * rejects. The connection must be open.
 */
export async function clientOf({ remotePort, localPort }: Socket): Promise<Client | undefined> {
  if (remotePort === undefined || localPort === undefined) return undefined;
  try {
    const inode = inodeOf(await readFile('/proc/net/tcp', 'utf8'), remotePort, localPort);
    return inode === undefined ? undefined : await holderOf(`socket:[${inode}]`);
  } catch {
    return undefined; // Not Linux, or not for us to see.
  }
}

/** Lines are `sl local_address rem_address st … inode`, addresses in hexadecimal. */
function inodeOf(table: string, from: number, to: number): string | undefined {
  for (const line of table.split('\n')) {
    const [, local, remote, , , , , , , inode] = line.trim().split(/\s+/);
    if (local?.endsWith(hexPort(from)) && remote?.endsWith(hexPort(to)) && inode !== '0') return inode;
  }
  return undefined;
}

function hexPort(port: number): string {
  return `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
}

async function holderOf(socket: string): Promise<Client | undefined> {
  if (await holds(process.pid, socket)) return { pid: process.pid, group: await groupOf(process.pid) };
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  // The youngest first: what runs for a test was started for it.
  for (const pid of pids.toReversed()) {
    if (await holds(pid, socket)) return { pid, group: await groupOf(pid) };
  }
  return undefined;
}

async function holds(pid: number, socket: string): Promise<boolean> {
  // Another user's process does not show its files, and any may be gone by now.
  const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const targets = await Promise.all(files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => '')));
  return targets.includes(socket);
}

/** Fields after the name, which may hold blanks, are state, parent and group. */
async function groupOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
}
