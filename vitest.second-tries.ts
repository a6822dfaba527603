import type { Reporter, TestModule } from 'vitest/node';

/** Names the tests that passed at their second try only: each shows a fault of the code, the lab or the test. */
export class SecondTries implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const needed = tests.filter((test) => test.ok() && (test.diagnostic()?.retryCount ?? 0) > 0);
    if (needed.length === 0) return;
    const names = needed.map((test) => `  ${test.module.relativeModuleId} > ${test.fullName}`);
    process.stderr.write(`\nPassed at the second try only, which is a fault to mend:\n${names.join('\n')}\n`);
  }
}
