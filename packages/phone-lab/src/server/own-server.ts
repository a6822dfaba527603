import { devNull } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { RoomServiceClient } from 'livekit-server-sdk';
import { PhoneLabError } from '../phone-lab-error.js';
import { spawnGuarded, type GuardedProcess } from './guarded-process.js';
import type { ServerKey } from './server-config.js';

export interface ServerCommand {
  readonly binary: string;
  readonly logFile: string;
  readonly url: string;
  /** The key that distinguishes it from another server on the same port. */
  readonly key: ServerKey;
  /** Holds the secret, so it is not given on the command line. */
  readonly config: string;
}

const startLimitMs = 15_000;

/**
 * How long the server may take to end, and how often it is asked meanwhile, ms. Asked the first time it waits for its
 * participants to leave, asked again for up to 5 s for its requests to end; then it throws the participants out. A busy machine
 * makes one signal of two that are close together.
 */
const [endLimitMs, askAgainMs] = [10_000, 200];

/**
 * Makes the server write a profile of its memory to nowhere as the last thing it does. Left to itself it ends so fast that
 * its word to the participants, that they were thrown out, does not always get out.
 */
const args = ['--memprofile', devNull];

/** A livekit-server process of the lab's own, which can be stopped and started again on the same ports. */
export class OwnServer {
  readonly #command: ServerCommand;
  #guarded: GuardedProcess | undefined;
  #pid: number | undefined;

  constructor(command: ServerCommand) {
    this.#command = command;
  }

  get logFile(): string {
    return this.#command.logFile;
  }

  /** Whether it was stopped; a server that died by itself was not. */
  get isHalted(): boolean {
    return this.#guarded === undefined;
  }

  /** Resolves with whether the server is up; it may find its ports taken. */
  async tryStart(signal?: AbortSignal): Promise<boolean> {
    const { binary, logFile, config } = this.#command;
    // It keeps nothing, so nothing is lost by killing it.
    const guarded = spawnGuarded({ command: binary, args, logFile, env: environment(config), graceMs: 200 });
    this.#guarded = guarded;
    try {
      if (await this.#isUp(guarded, signal)) {
        this.#pid = await guarded.pid;
        return true;
      }
    } catch (error) {
      await this.halt();
      throw error;
    }
    await this.halt();
    return false;
  }

  /** Starts it again. Rejects with `server-failed`. */
  async restart(): Promise<void> {
    if (!this.isHalted) return;
    if (await this.tryStart()) return;
    throw new PhoneLabError('server-failed', `livekit-server did not start again; its log is ${this.logFile}`);
  }

  /** Ends the process; resolves when it is gone. Idempotent. */
  async halt(signal?: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const guarded = this.#guarded;
    this.#guarded = undefined;
    if (!guarded) return;
    if (signal) await this.#signal(guarded, signal);
    await guarded.stop();
  }

  /** Sends the signal, and again, until the server has ended or its time is up. */
  async #signal({ exited }: GuardedProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const gone = new AbortController();
    void exited.then(() => gone.abort());
    for (const deadline = Date.now() + endLimitMs; Date.now() < deadline && !gone.signal.aborted;) {
      if (this.#pid === undefined) return;
      send(this.#pid, signal);
      // Only the end of the process aborts the delay.
      await delay(askAgainMs, undefined, { signal: gone.signal }).catch(() => undefined);
    }
  }

  async #isUp(guarded: GuardedProcess, signal?: AbortSignal): Promise<boolean> {
    const gone = new AbortController();
    void guarded.exited.then(() => gone.abort());
    for (const deadline = Date.now() + startLimitMs; Date.now() < deadline && !gone.signal.aborted;) {
      signal?.throwIfAborted();
      const up = await fetch(this.#command.url, { signal: AbortSignal.timeout(1000) }).then(
        async (response) => (await response.text()) === 'OK',
        () => false, // Nothing listens yet.
      );
      if (up && !gone.signal.aborted) return this.#isOurs();
      await delay(20);
    }
    return false;
  }

  /** Another server that took the port first responds too, but does not know this key. */
  async #isOurs(): Promise<boolean> {
    const { url, key } = this.#command;
    const rooms = new RoomServiceClient(url, key.apiKey, key.apiSecret, {
      failover: false,
      requestTimeout: ASK_LIMIT_S,
    });
    return rooms.listRooms(['nobody-made-it']).then(
      () => true,
      () => false,
    );
  }
}

const ASK_LIMIT_S = 5;

/** Sends a signal to a process, which may have ended. */
function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Only what a server needs. */
function environment(config: string): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { ...(PATH && { PATH }), ...(HOME && { HOME }), ...(TMPDIR && { TMPDIR }), LIVEKIT_CONFIG: config };
}
