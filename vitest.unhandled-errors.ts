import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';

/** Writes the errors that no test waited for to a file: the JSON report of vitest leaves them out. */
export class UnhandledErrors implements Reporter {
  readonly #file: string;

  constructor(file: string) {
    this.#file = resolve(file);
  }

  onTestRunEnd(_modules: readonly TestModule[], errors: Parameters<NonNullable<Reporter['onTestRunEnd']>>[1]): void {
    mkdirSync(dirname(this.#file), { recursive: true });
    const stacks = errors.map(({ message, stack }) => stack ?? message);
    writeFileSync(this.#file, JSON.stringify(stacks));
  }
}
