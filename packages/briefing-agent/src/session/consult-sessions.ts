import type { voice } from '@livekit/agents';
import type { CheckedOptions } from '../options/parse-briefing-options.js';
import { ConsultSession } from './consult-session.js';
import type { SessionNews } from './watch-session.js';

/** The agent sessions of one briefing; the last one is on the line. */
export class ConsultLines {
  readonly #options: CheckedOptions;
  readonly #news: SessionNews;
  readonly #lines: ConsultSession[] = [];

  constructor(options: CheckedOptions, news: SessionNews) {
    this.#options = options;
    this.#news = news;
  }

  get current(): ConsultSession | undefined {
    return this.#lines.at(-1);
  }

  add(session: voice.AgentSession, agent: voice.Agent): ConsultSession {
    const line = new ConsultSession(session, agent, { ...this.#options, news: this.#news });
    this.#lines.push(line);
    return line;
  }

  async close(): Promise<void> {
    await Promise.all(this.#lines.map((line) => line.close(this.#options.limits.closeMs)));
  }
}
