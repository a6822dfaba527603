import { AsyncLocalStorage } from 'node:async_hooks';
import type { Client } from './client-of.js';

/** The origin of a resource: an API call or a line of a program, its time, and its connection. */
export interface CreatedBy {
  /** An API call such as `CreateRoom`, or a line of a program. */
  readonly by: string;
  /** Epoch, ms. */
  readonly at: number;
  /** The client of the connection; never rejects. Absent for an action of this process without one. */
  readonly client?: Promise<Client | undefined>;
}

const storage = new AsyncLocalStorage<CreatedBy>();

/** Runs work, and attributes everything that it creates to this origin. */
export function withCreatedBy<T>(origin: CreatedBy, work: () => T): T {
  return storage.run(origin, work);
}

/** Returns the origin of the running code. */
export function currentCreatedBy(): CreatedBy | undefined {
  return storage.getStore();
}

/** Describes an origin in one line, such as `CreateRoom at 18:03:22.120 by worker agent.js`. */
export async function describeCreatedBy(origin: CreatedBy, programs: ReadonlyMap<number, string>): Promise<string> {
  const time = new Date(origin.at).toISOString().slice(11, 23);
  const client = await origin.client;
  return `${origin.by} at ${time}${client ? ` by ${nameOf(client, programs)}` : ''}`;
}

function nameOf({ pid, group }: Client, programs: ReadonlyMap<number, string>): string {
  if (pid === process.pid) return 'this process';
  const program = programs.get(pid) ?? programs.get(group);
  return program === undefined ? `process ${pid}` : `${program} (process ${pid})`;
}
