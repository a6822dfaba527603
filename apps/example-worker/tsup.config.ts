import { defineConfig } from 'tsup';

/** Not bundled: the worker's job processes load the built `agent.js` by its path. */
export default defineConfig({
  entry: ['src/**/*.ts', 'lab/**/*.ts', 'demo/**/*.ts', 'programs/**/*.ts'],
  format: ['esm'],
  target: 'node20',
  bundle: false,
  sourcemap: true,
  clean: true,
});
