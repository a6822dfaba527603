import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { folders } from './packages.mjs';
import { filesIn, pages } from './pages.mjs';

/**
 * Words that make a sentence hard to read, to search and to translate, and their limit in 10,000 words of comments and pages:
 * three times the share in comparable projects (execa, connect-es, LiveKit's agents and SDKs, SIP.js), or 1 where none has them.
 */
const words = {
  'what is': { pattern: /\bwhat (?:is|was|are|were|goes|comes|has|had|becomes?)\b/gi, most: 6 },
  nobody: { pattern: /\bnobody\b/gi, most: 1.5 },
  told: { pattern: /\btold\b/gi, most: 0.9 },
  'at once': { pattern: /\bat once\b/gi, most: 3 },
  somebody: { pattern: /\bsomebody\b/gi, most: 1 },
  whoever: { pattern: /\bwhoever\b/gi, most: 1 },
};

/** Doc comments begin with a verb or a noun. */
const badBeginning = /^(?:What|Who|Whoever|Whom|Whose|Where|Nobody|Somebody)\b/;

/** In percent of the doc comments. */
const mostBadBeginnings = 0.6;

/** Limit of the README of a package, which is read on the registry's page, without code and links. */
const mostReadmeWords = 600;

const sources = [...folders, 'bench']
  .flatMap((folder) => ['src', 'demo', 'lab', 'programs'].map((room) => join(folder, room)))
  .filter((folder) => existsSync(folder))
  .flatMap(filesIn)
  .filter((file) => file.endsWith('.ts'));

const docComments = (text) =>
  [...text.matchAll(/\/\*\*([\s\S]*?)\*\//g)].map(([, body]) => body.replaceAll(/^[ \t]*\*[ \t]?/gm, '').trim());
const lineComments = (text) => [...text.matchAll(/^\s*\/\/ (.*)$/gm)].map(([, body]) => body);
const withoutCode = (text) =>
  text
    .replaceAll(/```[\s\S]*?```/g, '')
    .replaceAll(/`[^`\n]*`/g, 'x')
    .replaceAll(/\]\([^)]*\)/g, ']');
const countWords = (text) => (text.match(/[A-Za-z][\w'’-]*/g) ?? []).length;

/** Lists the texts that contain a pattern, with the count, the fullest first. */
function fullest(texts, pattern) {
  const counts = texts.map(([file, text]) => [file, (text.match(pattern) ?? []).length]);
  return counts.filter(([, count]) => count > 0).toSorted(([, a], [, b]) => b - a);
}

/** Prints the figures, and throws when one is above its limit. */
export function checkProse() {
  const comments = sources.map((file) => [file, docComments(readFileSync(file, 'utf8'))]);
  const prose = [
    ...sources.map((file) => {
      const text = readFileSync(file, 'utf8');
      return [file, withoutCode([...docComments(text), ...lineComments(text)].join('\n'))];
    }),
    ...pages().map((file) => [file, withoutCode(readFileSync(file, 'utf8'))]),
  ];
  const total = prose.reduce((sum, [, text]) => sum + countWords(text), 0);
  const faults = [];
  const rows = Object.entries(words).map(([name, { pattern, most }]) => {
    const places = fullest(prose, pattern);
    const per10000 = (places.reduce((sum, [, count]) => sum + count, 0) / total) * 10_000;
    if (per10000 > most)
      faults.push(
        `"${name}": ${per10000.toFixed(1)} in 10,000 words, at most ${most}: ${places.slice(0, 8).join(' ')}`,
      );
    return [`"${name}" in 10,000 words`, { value: Number(per10000.toFixed(2)), most }];
  });
  const all = comments.flatMap(([file, bodies]) => bodies.map((body) => [file, body]));
  const bad = all.filter(([, body]) => badBeginning.test(body));
  const percent = (bad.length / all.length) * 100;
  rows.push([
    'doc comments that begin with a wh-word, %',
    { value: Number(percent.toFixed(2)), most: mostBadBeginnings },
  ]);
  if (percent > mostBadBeginnings) {
    faults.push(
      `${bad.length} of ${all.length} doc comments begin with a wh-word: ${bad
        .slice(0, 5)
        .map(([file, body]) => `${file} (${body.slice(0, 40)})`)
        .join(' ')}`,
    );
  }
  for (const file of pages().filter((page) => page.startsWith('packages/') && page.endsWith('README.md'))) {
    const count = countWords(withoutCode(readFileSync(file, 'utf8')));
    rows.push([`words of ${file}`, { value: count, most: mostReadmeWords }]);
    if (count > mostReadmeWords) faults.push(`${file} has ${count} words, at most ${mostReadmeWords}`);
  }
  console.table(Object.fromEntries(rows));
  process.stdout.write(`${total} words\n`);
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

if (process.argv[1]?.endsWith('check-prose.mjs')) checkProse();
