import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';

/** Writes down what was thrown where no test waited for it, which vitest's own JSON report leaves out. */
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
