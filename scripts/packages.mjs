import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const manifestOf = (directory) => JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));

/** The packages and applications, published or not. */
export const folders = ['packages', 'apps'].flatMap((group) => readdirSync(group).map((name) => join(group, name)));

/** The directories of the packages that are published. */
export const published = readdirSync('packages')
  .map((name) => join('packages', name))
  .filter((directory) => existsSync(join(directory, 'package.json')) && manifestOf(directory).private !== true);

/** The names of a package's entries, as those of files in `src` and `dist`. */
export const entriesOf = (directory) =>
  Object.values(manifestOf(directory).exports).flatMap(({ types }) => (types ? [basename(types, '.d.ts')] : []));
