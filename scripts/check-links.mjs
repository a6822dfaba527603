import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { pages } from './pages.mjs';

/** Absolute links to this repository, as pages need them that are read elsewhere, such as on the registry. */
const repository = /^https:\/\/github\.com\/org\/warm-transfer\/(?:blob|tree)\/main\//;

const withoutCode = (text) => text.replaceAll(/```[\s\S]*?```/g, '');

/** The anchors of a page, as GitHub names them. */
const anchorsOf = (page) =>
  [...withoutCode(readFileSync(page, 'utf8')).matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading
      .trim()
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}_\- ]/gu, '')
      .replaceAll(' ', '-'),
  );

/** The file and anchor that a link of this page leads to; undefined for other sites. */
function targetOf(page, link) {
  if (/^(?:https?|mailto):/.test(link) && !repository.test(link)) return undefined;
  const [path, anchor] = link.replace(repository, '').split('#');
  if (path === '') return { file: page, anchor };
  return { file: repository.test(link) ? path : normalize(join(dirname(page), path)), anchor };
}

/** Throws when a link of a page leads to no file of this repository, or to no heading of a page. */
export function checkLinks() {
  const broken = pages().flatMap((page) =>
    [...withoutCode(readFileSync(page, 'utf8')).matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link]) => {
      const target = targetOf(page, link);
      if (target === undefined) return [];
      const { file, anchor } = target;
      const leads =
        existsSync(file) && (anchor === undefined || !file.endsWith('.md') || anchorsOf(file).includes(anchor));
      return leads ? [] : [`${page}: ${link}`];
    }),
  );
  if (broken.length > 0) throw new Error(`links that lead nowhere:\n${broken.join('\n')}`);
}

if (process.argv[1]?.endsWith('check-links.mjs')) checkLinks();
