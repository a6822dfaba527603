import { randomUUID } from 'node:crypto';
import { httpStatusOf, toConsultRoomError } from '../errors/to-consult-room-error.js';
import type { PeopleService } from './people-service.js';

interface Known {
  readonly supported: boolean;
  readonly until: number;
}

/** A server that refused may be updated, and one that was overloaded recovers: what is known holds for this long. */
const knownForMs = 600_000;

/** More servers than any process talks to; beyond it the oldest is forgotten. */
const maxServers = 100;

const known = new Map<string, Known>();
const asking = new Map<string, Promise<void>>();

/** Whether the server at `url` can move participants; undefined while that is not known. */
export function movesParticipants(url: string): boolean | undefined {
  const found = known.get(url);
  return found && found.until > performance.now() ? found.supported : undefined;
}

function rememberMoveSupport(url: string, supported: boolean): void {
  known.delete(url);
  known.set(url, { supported, until: performance.now() + knownForMs });
  const [oldest] = known.keys();
  if (known.size > maxServers && oldest !== undefined) known.delete(oldest);
}

/**
 * Learns whether the server can move participants, by asking it to move nobody: one that can says that there is no
 * such participant. A self-hosted one looks for three seconds, so nobody should wait for this. Never rejects.
 */
export function learnMoveSupport(url: string, service: PeopleService, from: string, to: string): Promise<void> {
  if (movesParticipants(url) !== undefined) return Promise.resolve();
  const running = asking.get(url) ?? ask(url, service, from, to).finally(() => asking.delete(url));
  asking.set(url, running);
  return running;
}

async function ask(url: string, service: PeopleService, from: string, to: string): Promise<void> {
  try {
    await service.moveParticipant(from, `nobody-${randomUUID()}`, to);
  } catch (error) {
    // 404: it looked, and found nobody. 503: no part of the server takes such requests. All else, such as a lost
    // connection, says nothing about it.
    if (httpStatusOf(error) === 404) rememberMoveSupport(url, true);
    else if (httpStatusOf(error) === 503 || isNotImplemented(error)) rememberMoveSupport(url, false);
  }
}

function isNotImplemented(error: unknown): boolean {
  return toConsultRoomError(error, 'move a participant').code === 'not-implemented';
}
