import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where the files of `@ffmpeg/core` lie, as `file:` URLs. */
export interface FfmpegCore {
  readonly coreURL: string;
  readonly wasmURL: string;
}

/** What a message tells whoever has no ffmpeg. */
export const installFfmpegHint = 'install ffmpeg with "npm install @ffmpeg/core", or convert it to WAV';

/**
 * The installed `@ffmpeg/core`, which is found but not loaded; `undefined` if there is none. It is looked for from this
 * package, from the program's main file and from the working directory.
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
      // Not to be seen from here; the next root may see it.
    }
  }
  return undefined;
}

function searchRoots(): string[] {
  const main = process.argv[1];
  return [import.meta.url, ...(main === undefined ? [] : [main]), join(process.cwd(), 'main.js')];
}
