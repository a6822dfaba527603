import type { Reporter, TestCase, TestModule } from 'vitest/node';

/** Number of further tries that a test is given, by its own options or by a configuration. */
function furtherTries({ options: { retry } }: TestCase): number {
  return typeof retry === 'object' ? (retry.count ?? 0) : (retry ?? 0);
}

/** Fails the run when a test is given a second try: a test that needs one shows a fault of code, lab or test. */
export class NoSecondTry implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const given = tests.filter((test) => furtherTries(test) > 0);
    if (given.length === 0) return;
    const names = given.map((test) => `  ${test.module.relativeModuleId} > ${test.fullName}`);
    process.stderr.write(`\nTests are given a second try; take the \`retry\` away:\n${names.join('\n')}\n`);
    process.exitCode = 1;
  }
}
