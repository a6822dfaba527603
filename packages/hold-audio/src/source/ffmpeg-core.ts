import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The files of `@ffmpeg/core`, as `file:` URLs. */
export interface FfmpegCore {
  readonly coreURL: string;
  readonly wasmURL: string;
}

/** The advice in messages about a missing ffmpeg. */
export const installFfmpegHint = 'install ffmpeg with "npm install @ffmpeg/core", or convert it to WAV';

/**
 * Finds the installed `@ffmpeg/core` without loading it; `undefined` if there is none. Searches from this package, from
 * the program's main file and from the working directory.
 */
export function findFfmpegCore(roots: readonly string[] = searchRoots()): FfmpegCore | undefined {
  for (const root of roots) {
    const { resolve } = createRequire(root);
    try {
      return {
        coreURL: pathToFileURL(resolve('@ffmpeg/core')).href,
        wasmURL: pathToFileURL(resolve('@ffmpeg/core/wasm')).href,
      };
    } catch {
      // Not found from this root; the next one may find it.
    }
  }
  return undefined;
}

function searchRoots(): string[] {
  const main = process.argv[1];
  return [import.meta.url, ...(main === undefined ? [] : [main]), join(process.cwd(), 'main.js')];
}
