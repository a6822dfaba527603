import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { projectsOf, reporters } from './vitest.shared.ts';

const root = import.meta.dirname;
const packages = ['packages', 'apps'].flatMap((group) =>
  readdirSync(join(root, group)).map((name) => join(root, group, name)),
);

/**
 * The tests of all packages in one run, named `<package> <kind>`, so that what takes long begins first and no process waits for
 * the last test of a package. `scripts/test.mjs` runs those on the lab so.
 */
export default defineConfig({
  test: {
    reporters,
    projects: [...packages, join(root, 'bench')].flatMap((directory) =>
      projectsOf(directory, (kind) => `${basename(directory)} ${kind}`),
    ),
  },
});
