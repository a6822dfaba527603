import type { voice } from '@livekit/agents';
import type { ParsedOptions } from '../options/parse-briefing-options.js';
import { ConsultSession } from './consult-session.js';
import type { SessionListener } from './watch-session.js';

/** The agent sessions of one briefing; the last one is on the line. */
export class ConsultSessions {
  readonly #options: ParsedOptions;
  readonly #listener: SessionListener;
  readonly #sessions: ConsultSession[] = [];

  constructor(options: ParsedOptions, listener: SessionListener) {
    this.#options = options;
    this.#listener = listener;
  }

  get current(): ConsultSession | undefined {
    return this.#sessions.at(-1);
  }

  add(session: voice.AgentSession, agent: voice.Agent): ConsultSession {
    const added = new ConsultSession(session, agent, { ...this.#options, listener: this.#listener });
    this.#sessions.push(added);
    return added;
  }

  async close(): Promise<void> {
    await Promise.all(this.#sessions.map((session) => session.close(this.#options.limits.closeMs)));
  }
}
