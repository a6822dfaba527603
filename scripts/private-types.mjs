import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** Packages that each published package bundles: their types must not be asked for by users. */
const PRIVATE = '@org/support';

/** Throws where the public types of a built package lead to those of a private one. */
export function checkPrivateTypes(directory) {
  const { exports } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  const seen = new Set();
  const visit = (file) => {
    if (seen.has(file) || !existsSync(file)) return;
    seen.add(file);
    const text = readFileSync(file, 'utf8');
    if (text.includes(`'${PRIVATE}`)) throw new Error(`${file} is public, and needs the types of ${PRIVATE}`);
    for (const [, from, imported] of text.matchAll(/from '(\.[^']+)\.js'|import\(["'](\.[^"']+)\.js["']\)/g)) {
      visit(join(dirname(file), `${from ?? imported}.d.ts`));
    }
  };
  const types = Object.values(exports).flatMap((target) => target.types ?? []);
  for (const file of types) visit(resolve(directory, file));
}
