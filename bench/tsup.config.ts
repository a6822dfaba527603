import { defineConfig } from 'tsup';

/** Not bundled: what is measured runs in processes of its own, each a built file. */
export default defineConfig({
  entry: ['src/**/*.ts'],
  format: ['esm'],
  target: 'node20',
  bundle: false,
  sourcemap: true,
  clean: true,
});
