import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/**
 * Checks that a README shows the very code that a test runs.
 *
 * The code stands in a source file between `// #region readme` and `// #endregion readme`; the README of the
 * package under test (the working directory) must hold it, word for word, in a fenced `ts` block.
 */
export function expectReadmeToShow(
  sourceFile: string | URL,
  { region = 'readme', readme = 'README.md' }: { readonly region?: string; readonly readme?: string } = {},
): void {
  const source = readFileSync(sourceFile, 'utf8');
  const [, code] = new RegExp(`// #region ${region}\\n([\\s\\S]*?)// #endregion ${region}\\n`).exec(source) ?? [];
  expect(code, `${String(sourceFile)} has no region "${region}"`).toBeTypeOf('string');
  const blocks = [...readFileSync(readme, 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, block]) => block);
  expect(blocks).toContain(code);
}
