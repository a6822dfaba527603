import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { folders } from './packages.mjs';

export const filesIn = (folder) => readdirSync(folder, { recursive: true }).map((file) => join(folder, file));

/** The Markdown pages that people read. */
export const pages = () => [
  ...readdirSync('.').filter((file) => file.endsWith('.md')),
  ...['docs', ...folders.map((folder) => join(folder, 'docs'))]
    .filter((folder) => existsSync(folder))
    .flatMap(filesIn)
    .filter((file) => file.endsWith('.md')),
  ...folders.map((folder) => join(folder, 'README.md')).filter((file) => existsSync(file)),
];
