import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The clips of `@livekit/agents` that this package lacks, by the values of its `BuiltinAudioClip`. */
const agentsClips: ReadonlySet<string> = new Set([
  'office-ambience.ogg',
  'keyboard-typing.ogg',
  'keyboard-typing2.ogg',
]);

export const isAgentsClip = (source: string): boolean => agentsClips.has(source);

/**
 * Returns the path of a clip in the installed `@livekit/agents`, which is found without loading it; `undefined` if
 * there is none.
 */
export function agentsClipPath(clip: string, roots: readonly string[] = searchRoots()): string | undefined {
  return roots
    .flatMap(parentFolders)
    .map((folder) => join(folder, 'node_modules', '@livekit', 'agents', 'resources', clip))
    .find((path) => existsSync(path));
}

/**
 * Returns this package, the program's main file (in a job of an agent worker a file of `@livekit/agents`), and the
 * working directory.
 */
function searchRoots(): string[] {
  const main = process.argv[1];
  return [fileURLToPath(import.meta.url), ...(main === undefined ? [] : [main]), join(process.cwd(), 'main.js')];
}

function parentFolders(file: string): string[] {
  const folder = dirname(file);
  return folder === file ? [] : [folder, ...parentFolders(folder)];
}
