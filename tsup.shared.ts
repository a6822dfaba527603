import { defineConfig, type Options } from 'tsup';

/** JavaScript of one package; the declarations come from `tsc` (see the `build` script of each package). */
export const packageBuild = (entry: string[]): Options | Options[] | ((options: Options) => Options) =>
  defineConfig({
    entry,
    format: ['esm'],
    target: 'node20',
    sourcemap: true,
    splitting: true,
    clean: true,
    dts: false,
  }) as Options;
