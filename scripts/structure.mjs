import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** The source files of a package, its rooms, and for each room the rooms that it imports (types too). */
export function readRooms(directory) {
  const source = join(directory, 'src');
  const files = readdirSync(source, { recursive: true }).filter((file) => file.endsWith('.ts'));
  const arrows = new Map(files.map((file) => [roomOf(file), new Set()]));
  for (const file of files) {
    for (const { fileName } of ts.preProcessFile(readFileSync(join(source, file), 'utf8')).importedFiles) {
      const target = roomOf(join(dirname(file), fileName.replace(/\.js$/, '.ts')));
      if (fileName.startsWith('.') && target !== roomOf(file)) arrows.get(roomOf(file)).add(target);
    }
  }
  return { files, arrows };
}

const roomOf = (file) => (dirname(file) === '.' ? file : dirname(file));

/** The circles of rooms, and how many floors the rooms need; a circle counts as one room. */
export function findCircles(arrows) {
  const rooms = [...arrows.keys()];
  const below = new Map(rooms.map((room) => [room, reachableFrom(room, arrows)]));
  const circleOf = (room) => rooms.filter((other) => below.get(room).has(other) && below.get(other).has(room));
  const circles = new Map(rooms.map((room) => [circleOf(room).join(' '), circleOf(room)]));
  circles.delete('');
  const heightOf = (room) => {
    const lower = [...below.get(room)].filter((other) => !below.get(other).has(room));
    return 1 + Math.max(0, ...lower.map(heightOf));
  };
  return { circles: [...circles.values()], floors: Math.max(...rooms.map(heightOf)) };
}

function reachableFrom(room, arrows, seen = new Set()) {
  for (const next of arrows.get(room)) {
    if (seen.has(next)) continue;
    seen.add(next);
    reachableFrom(next, arrows, seen);
  }
  return seen;
}

/** The rooms that have no floor, and the arrows between the others that do not lead down. */
export function compareWithFloors(arrows, floors) {
  const floorOf = (room) => floors.findIndex((rooms) => rooms.includes(room));
  const homeless = [...arrows.keys()].filter((room) => floorOf(room) === -1);
  const upward = [...arrows].flatMap(([from, targets]) =>
    [...targets]
      .filter((to) => floorOf(from) !== -1 && floorOf(to) !== -1 && floorOf(to) <= floorOf(from))
      .map((to) => `${from} → ${to}`),
  );
  return { homeless, upward };
}

const subjectOf = (test) => (dirname(test) === '.' ? test.replace(/\..*$/, '.ts') : dirname(test));

/** The tests that are neither in `lab`, nor in the folder of a room, nor named after a file of `src` or the README. */
export function findStrayTests(directory, rooms) {
  const tests = join(directory, 'test');
  return readdirSync(tests, { recursive: true })
    .filter((file) => file.endsWith('.test.ts'))
    .filter((test) => !['lab', 'readme.ts', ...rooms].includes(subjectOf(test)));
}

const mostFirst = (entries) => entries.toSorted(([, a], [, b]) => b - a);

/** The number of files of each folder, and the lines of each file, most first. */
export function measureFiles(directory, files) {
  const sizes = new Map();
  for (const file of files) sizes.set(dirname(file), (sizes.get(dirname(file)) ?? 0) + 1);
  const lines = files.map((file) => [file, readFileSync(join(directory, 'src', file), 'utf8').split('\n').length - 1]);
  return { folders: mostFirst([...sizes]), lines: mostFirst(lines) };
}

/** The names that the built types of an entry export. */
export function publicNames(directory, entry) {
  const file = join(directory, 'dist', `${entry}.d.ts`);
  const { statements } = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  return statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement)) {
      if (!statement.exportClause) throw new Error(`${file}: an entry lists its names, without 'export *'`);
      return statement.exportClause.elements.map(({ name }) => name.text);
    }
    const isExported = statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    if (!isExported) return [];
    if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.map(({ name }) => name.text);
    return statement.name ? [statement.name.text] : [];
  });
}
