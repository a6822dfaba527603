import { join } from 'node:path';
import { ceilings, layers, limits } from './layers.mjs';
import { entriesOf } from './packages.mjs';
import { compareWithFloors, findCircles, findStrayTests, measureFiles, publicNames, readRooms } from './structure.mjs';

/** The figures of one package; those that name the culprits name them in `culprits`. Needs the packages built. */
function measure(name) {
  const directory = join('packages', name);
  const entries = entriesOf(directory);
  const { files, arrows } = readRooms(directory);
  const { circles, floors } = findCircles(arrows);
  const { homeless, upward } = compareWithFloors(arrows, [entries.map((entry) => `${entry}.ts`), ...layers[name]]);
  const { folders, lines } = measureFiles(directory, files);
  const strayTests = findStrayTests(directory, [...arrows.keys()]);
  const names = new Set(entries.flatMap((entry) => publicNames(directory, entry)));
  return {
    names,
    culprits: {
      inCircles: circles,
      upward,
      withoutFloor: homeless,
      fullestFolder: folders[0],
      longestFile: lines[0],
      strayTests,
    },
    figures: {
      files: files.length,
      rooms: arrows.size,
      floors,
      arrows: [...arrows.values()].reduce((sum, targets) => sum + targets.size, 0),
      inCircles: circles.flat().length,
      upward: upward.length,
      withoutFloor: homeless.length,
      fullestFolder: folders[0][1],
      linesNinetieth: lines[Math.floor(lines.length / 10)][1],
      longestFile: lines[0][1],
      strayTests: strayTests.length,
      publicNames: names.size,
    },
  };
}

/** The names that more than one of the packages makes public. */
function namesPublicTwice(measured) {
  const all = measured.flatMap(({ names }) => [...names]);
  return [...new Set(all.filter((name, index) => all.indexOf(name) !== index))].toSorted((a, b) => a.localeCompare(b));
}

/** Prints the figures of all packages, and throws when one is above its limit or ceiling (see `layers.mjs`). */
export function checkStructure() {
  const packages = Object.keys(layers).map((name) => ({ name, ...measure(name) }));
  const twice = namesPublicTwice(packages.filter(({ name }) => name !== 'support'));
  console.table(Object.fromEntries(packages.map(({ name, figures }) => [name, figures])));

  const faults = packages.flatMap(({ name, figures, culprits }) =>
    Object.entries({ ...limits, ...ceilings[name] })
      .filter(([figure, most]) => figures[figure] > most)
      .map(([figure, most]) => `${name}: ${figure} is ${figures[figure]}, at most ${most}: ${culprits[figure] ?? ''}`),
  );
  if (twice.length > 0) faults.push(`public in two packages: ${twice.join(', ')}`);
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

if (process.argv[1]?.endsWith('check-structure.mjs')) checkStructure();
