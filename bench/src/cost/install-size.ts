import { readFileSync } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { packageFolder } from '../result/machine.js';

interface Manifest {
  readonly files?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** Megabytes that come onto the disk with this package alone: itself, what it needs, and what that needs. */
export async function installSize(name: string): Promise<number> {
  const folders = new Set<string>();
  await collect(packageFolder(name), folders);
  const sizes = await Promise.all([...folders].map((folder) => sizeOf(folder)));
  return sum(sizes) / 1e6;
}

async function collect(link: string, found: Set<string>): Promise<void> {
  const folder = await realpath(link);
  if (found.has(folder)) return;
  found.add(folder);
  const { dependencies, optionalDependencies = {}, peerDependencies = {}, peerDependenciesMeta } = manifestOf(folder);
  const peers = Object.keys(peerDependencies).filter((peer) => peerDependenciesMeta?.[peer]?.optional !== true);
  for (const needed of [...Object.keys(dependencies ?? {}), ...peers]) {
    if (!(needed in optionalDependencies)) await collect(packageFolder(needed, folder), found);
  }
  // Of the builds for all platforms only ours is there.
  for (const optional of Object.keys(optionalDependencies)) {
    const there = findFolder(optional, folder);
    if (there !== undefined) await collect(there, found);
  }
}

function findFolder(name: string, from: string): string | undefined {
  try {
    return packageFolder(name, from);
  } catch {
    // Not installed, as optional packages may be.
    return undefined;
  }
}

/** The files that are published: those that it names, or all. */
async function sizeOf(folder: string): Promise<number> {
  const { files } = manifestOf(folder);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.slice(folder.length).includes('/node_modules/'))
    // Only packages of this workspace lie there with more than they publish.
    .filter((path) => folder.includes('/node_modules/') || isPublished(path.slice(folder.length + 1), files));
  return sum(await Promise.all(paths.map(async (path) => (await stat(path)).size)));
}

function isPublished(path: string, files: readonly string[] = []): boolean {
  const [top = ''] = path.split('/');
  return files.includes(top) || ['package.json', 'README.md', 'LICENSE'].includes(path);
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
