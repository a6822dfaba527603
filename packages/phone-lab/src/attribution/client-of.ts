import { readdirSync, readlinkSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';

/** The process at the other end of a connection. */
export interface Client {
  readonly pid: number;
  /** Its process group: a worker's jobs are in the group of the worker. */
  readonly group: number;
}

/** A connection serves many requests. */
const known = new WeakMap<Socket, Promise<Client | undefined>>();

/**
 * Finds the process of a connection from this machine; undefined if that cannot be found out, as on systems without `/proc`. Never
 * rejects. The connection must be open.
 */
export function clientOf(socket: Socket): Promise<Client | undefined> {
  const client = known.get(socket) ?? findClient(socket);
  known.set(socket, client);
  return client;
}

async function findClient({ remotePort, localPort }: Socket): Promise<Client | undefined> {
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
  if (holds(process.pid, socket)) return { pid: process.pid, group: await groupOf(process.pid) };
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  // The youngest first: what runs for a test was started for it.
  const pid = pids.toReversed().find((one) => holds(one, socket));
  return pid === undefined ? undefined : { pid, group: await groupOf(pid) };
}

/** Reads without waiting: a promise per file would cost many times what the reading does. */
function holds(pid: number, socket: string): boolean {
  try {
    return readdirSync(`/proc/${pid}/fd`).some((file) => targetOf(`/proc/${pid}/fd/${file}`) === socket);
  } catch {
    return false; // Another user's process does not show its files, and any may be gone by now.
  }
}

function targetOf(file: string): string | undefined {
  try {
    return readlinkSync(file);
  } catch {
    return undefined; // Closed meanwhile.
  }
}

/** Fields after the name, which may hold blanks, are state, parent and group. */
async function groupOf(pid: number): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
}
