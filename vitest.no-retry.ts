import type { Reporter, TestModule } from 'vitest/node';

/** Fails a run in which a test may be tried again: a second try hides a fault of the code, the lab or the test. */
export class NoRetry implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const retried = tests.filter(({ options }) => options.retry !== undefined && options.retry !== 0);
    if (retried.length === 0) return;
    const names = retried.map(({ module, fullName }) => `  ${module.relativeModuleId} > ${fullName}`);
    process.stderr.write(`\nNo test may have a retry, and these have one:\n${names.join('\n')}\n`);
    process.exitCode = 1;
  }
}
