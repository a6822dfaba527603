import { devNull } from 'node:os';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { deferred, type Deferred } from '../deferred.js';
import { PhoneLabError } from '../phone-lab-error.js';
import { spawnGuarded, type GuardedProcess } from '../server/guarded-process.js';
import type { LineAccess } from './line-access.js';
import { onMessage, sendMessage, type LineMessage, type LineOrder } from './line-channel.js';
import {
  refusedJoin,
  type LineProcess,
  type PhoneLine,
  type PhoneLineEvents,
  type LineIdentity,
} from './phone-line.js';

/** LiveKit's reason of a participant from whom nothing is heard any more. */
const CONNECTION_TIMEOUT = 14;

/** How long the process may take to leave its room before it is killed. */
const leaveLimitMs = 3000;

/** The program of the process: in the built package, also when the package runs from its sources. */
const program: string = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? '../../dist/line/line-process-main.js' : './line/line-process-main.js',
    import.meta.url,
  ),
);

/** A phone's leg in a process of its own, which can be killed and stopped. It cannot outlive this process. */
export class ProcessPhoneLine implements PhoneLine {
  readonly #accessFor: LineAccess;
  readonly #answers = new Map<number, Deferred<string | undefined>>();
  readonly #sinks = new Map<number, (pcm: Int16Array) => void>();
  #events: PhoneLineEvents | undefined;
  #guarded: GuardedProcess | undefined;
  #channel: Duplex | undefined;
  #pid: number | undefined;
  #requests = 0;
  #leaving: Promise<void> | undefined;
  #isLost = false;

  constructor(accessFor: LineAccess) {
    this.#accessFor = accessFor;
  }

  get process(): LineProcess | undefined {
    const pid = this.#pid;
    if (pid === undefined) return undefined;
    return { pid, send: (signal) => void process.kill(pid, signal) };
  }

  async join(seat: LineIdentity, events: PhoneLineEvents): Promise<string> {
    this.#events = events;
    const refused = deferred<never>();
    const access = await this.#accessFor(seat, () => refused.reject(refusedJoin()));
    await this.#start();
    const sid = await Promise.race([this.#ask({ do: 'join', seat, access }), refused.promise]);
    return sid ?? '';
  }

  async publish(): Promise<void> {
    await this.#ask({ do: 'publish' });
  }

  /** Nothing outlives the process. */
  async unpublish(): Promise<void> {}

  async setAttributes(attributes: Readonly<Record<string, string>>): Promise<void> {
    await this.#ask({ do: 'setAttributes', attributes });
  }

  listen(): void {
    this.#tell({ do: 'listen' });
  }

  async sendAudio(pcm: Int16Array): Promise<void> {
    await this.#ask({ do: 'sendAudio', pcm });
  }

  async played(): Promise<void> {
    await this.#ask({ do: 'played' });
  }

  dropAudio(): void {
    this.#tell({ do: 'dropAudio' });
  }

  async pressKey(key: string): Promise<void> {
    await this.#ask({ do: 'pressKey', key });
  }

  leave(reason: number): Promise<void> {
    this.#leaving ??= this.#leave(reason);
    return this.#leaving;
  }

  async #start(): Promise<void> {
    const guarded = spawnGuarded({
      command: process.execPath,
      args: [program],
      // Keeps the media library's debug log quiet.
      env: { ...process.env, NODE_ENV: 'production' },
      logFile: devNull,
      graceMs: 0,
      channel: true,
    });
    this.#guarded = guarded;
    this.#channel = guarded.channel;
    guarded.channel?.on('error', () => undefined); // Wait for the end of the process.
    if (guarded.channel) onMessage(guarded.channel, (message) => this.#hear(message as LineMessage));
    void guarded.exited.then(() => this.#over());
    this.#pid = await guarded.pid;
    if (this.#leaving) throw new PhoneLabError('call-ended', 'the line was given up while it joined');
  }

  #hear(message: LineMessage): void {
    if ('answers' in message) {
      const answer = this.#answers.get(message.answers);
      this.#answers.delete(message.answers);
      if (message.error === undefined) answer?.resolve(message.value);
      else answer?.reject(new Error(message.error));
    } else if (message.says === 'track') {
      const sink = this.#events?.track(message.track);
      if (sink) this.#sinks.set(message.number, sink);
    } else if (message.says === 'pcm') {
      this.#sinks.get(message.number)?.(message.pcm);
    } else if (message.says === 'key') {
      this.#events?.key(message.key, message.from);
    } else if (message.says === 'back') {
      this.#events?.back(message.participantSid);
    } else {
      this.#lost(message.reason);
    }
  }

  #ask(order: LineOrder): Promise<string | undefined> {
    const id = (this.#requests += 1);
    const answer = deferred<string | undefined>();
    if (this.#channel?.writable) {
      this.#answers.set(id, answer);
      sendMessage(this.#channel, { id, ...order });
    } else {
      answer.reject(new PhoneLabError('call-ended', 'the process of the phone is gone'));
    }
    return answer.promise;
  }

  /** Asks for something that has no result; a line that is gone needs it no more. */
  #tell(order: LineOrder): void {
    this.#ask(order).catch(() => undefined);
  }

  #over(): void {
    this.#pid = undefined;
    for (const answer of this.#answers.values()) {
      answer.reject(new PhoneLabError('call-ended', 'the process of the phone is gone'));
    }
    this.#answers.clear();
    this.#lost(CONNECTION_TIMEOUT);
  }

  #lost(reason: number): void {
    if (this.#isLost || this.#leaving) return;
    this.#isLost = true;
    this.#events?.lost(reason);
  }

  async #leave(reason: number): Promise<void> {
    if (this.#guarded && this.#pid !== undefined) {
      const limit = new AbortController();
      const left = this.#ask({ do: 'leave', reason }).then(
        () => undefined,
        () => undefined, // The process ended first.
      );
      await Promise.race([left, delay(leaveLimitMs, undefined, { signal: limit.signal }), this.#guarded.exited]);
      limit.abort();
    }
    await this.#guarded?.stop();
  }
}
