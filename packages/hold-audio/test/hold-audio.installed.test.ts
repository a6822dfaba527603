import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encode } from './support/encode.js';
import { makeWav, sine } from './support/make-wav.js';

/** The built package as a program has it, and programs that use it, in processes of their own. */
const here = dirname(fileURLToPath(import.meta.url));
const run = promisify(execFile);

let folder: string;
let [mp3, wav] = ['', ''];

/** Installs the package with its dependencies and with, or without, ffmpeg. */
async function install(name: string, { ffmpeg }: { ffmpeg: boolean }): Promise<string> {
  const modules = join(folder, name, 'node_modules');
  const self = join(modules, '@org', 'hold-audio');
  await mkdir(self, { recursive: true });
  await cp(join(here, '..', 'dist'), join(self, 'dist'), { recursive: true });
  await cp(join(here, '..', 'package.json'), join(self, 'package.json'));
  for (const dependency of ['@livekit/rtc-node', '@ffmpeg/ffmpeg', ...(ffmpeg ? ['@ffmpeg/core'] : [])]) {
    await mkdir(dirname(join(modules, dependency)), { recursive: true });
    await symlink(await realpath(join(here, '..', 'node_modules', dependency)), join(modules, dependency));
  }
  return join(folder, name);
}

/** Runs a module's text there; resolves with what it writes when the process has ended by itself. */
async function runThere(place: string, text: string, args: readonly string[] = []): Promise<string> {
  await writeFile(join(place, 'main.mjs'), text);
  const { stdout } = await run(process.execPath, ['main.mjs', ...args], {
    cwd: place,
    timeout: 180_000,
    // Without the package manager's own ways to find modules.
    env: { ...process.env, NODE_OPTIONS: '', NODE_PATH: '', NODE_ENV: 'production' },
  });
  return stdout;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hold-audio-installed-'));
  [mp3, wav] = [join(folder, 'tone.mp3'), join(folder, 'tone.wav')];
  const tone = makeWav({ sampleRate: 44_100, seconds: 20, signal: sine(440) });
  await writeFile(wav, tone);
  await writeFile(mp3, await encode(tone, 'tone.mp3'));
  await install('whole', { ffmpeg: true });
  await install('bare', { ffmpeg: false });
});
afterAll(() => rm(folder, { recursive: true }));

/** The modules that the import of the package loads, besides those of `@livekit/rtc-node`. */
interface Loaded {
  /** Modules of Node. */
  readonly node: readonly string[];
  /** This package's source files in what it loads, by its source maps. */
  readonly own: readonly string[];
  /** Everything else, of whatever package. */
  readonly others: readonly string[];
}

const tellLoaded = `
  import { readFileSync } from 'node:fs';
  import { Session } from 'node:inspector';
  import { builtinModules } from 'node:module';
  const nodeModules = () => process.moduleLoadList.map((entry) => entry.replace(/^NativeModule /, ''));
  const known = new Set();
  const session = new Session();
  session.connect();
  session.on('Debugger.scriptParsed', ({ params }) => known.add(params.url));
  await import('@livekit/rtc-node');
  session.post('Debugger.enable');
  const before = new Set([...known, ...nodeModules()]);
  await import('@org/hold-audio');
  const node = nodeModules().filter((name) => builtinModules.includes(name) && !before.has(name));
  const files = [...known].filter((url) => url.startsWith('file:') && !before.has(url));
  const others = files.filter((url) => !url.includes('/hold-audio/dist/'));
  const own = files
    .filter((url) => !others.includes(url))
    .flatMap((url) => JSON.parse(readFileSync(new URL(url + '.map'), 'utf8')).sources)
    .map((source) => source.replace('../src/', ''));
  process.stdout.write(JSON.stringify({ node, own, others }), () => process.exit());`;

test('the import loads what every hold needs, and nothing that only some sources need', async () => {
  const loaded = JSON.parse(await runThere(join(folder, 'whole'), tellLoaded)) as Loaded;
  expect(loaded.others).toEqual([]);
  // No HTTP, TLS, DNS, hashes or threads: those take longer to load than this whole package.
  expect(['fs/promises', 'timers/promises']).toEqual(expect.arrayContaining([...loaded.node]));
  expect(loaded.own).toEqual(expect.arrayContaining(['hold-audio.ts', 'play/pump.ts']));
  expect(loaded.own.filter((file) => /^(?:fetch|music|ffmpeg|decode\/(?:run-)?ffmpeg)\b/.test(file))).toEqual([]);
});

test('a start and a stop at any moment, of any source, neither crash nor leave anything', async () => {
  const place = join(folder, 'whole');
  const program = join(here, 'support', 'every-moment.mjs');
  await cp(program, join(place, 'every-moment.mjs'));
  const output = await runThere(place, "await import('./every-moment.mjs');", [mp3, wav]);
  expect(JSON.parse(output)).toMatchObject({ lives: 294 });
}, 200_000);

test('without @ffmpeg/core the constructor rejects an MP3, and load() its bytes, naming the package to install', async () => {
  const output = await runThere(
    join(folder, 'bare'),
    `import { HoldAudio } from '@org/hold-audio';
     import { FakeHoldRoom } from '@org/hold-audio/testing';
     import { readFile } from 'node:fs/promises';
     const errors = [];
     const room = new FakeHoldRoom();
     const [, , mp3] = process.argv;
     try { new HoldAudio({ room, source: mp3 }); } catch (error) { errors.push(error.code + ' ' + error.message); }
     const hold = new HoldAudio({ room, source: new Uint8Array(await readFile(mp3)) });
     await hold.load().catch((error) => errors.push(error.code + ' ' + error.message));
     await hold.close();
     const { dispose } = await import('@livekit/rtc-node');
     await dispose();
     process.stdout.write(JSON.stringify(errors));`,
    [mp3],
  );
  const [atDoor, prepared] = JSON.parse(output) as string[];
  expect(atDoor).toMatch(/^source-unsupported `source` is an MP3 file; .*npm install @ffmpeg\/core/);
  expect(prepared).toMatch(/^source-unsupported the source is not a WAV; .*npm install @ffmpeg\/core/);
});

test('with @ffmpeg/core an MP3 is played, and the process ends although the decoder is still there', async () => {
  const output = await runThere(
    join(folder, 'whole'),
    `import { HoldAudio } from '@org/hold-audio';
     import { FakeHoldRoom } from '@org/hold-audio/testing';
     const hold = new HoldAudio({ room: new FakeHoldRoom(), source: process.argv[2] });
     hold.on('source-failed', ({ error }) => { throw error; });
     await hold.load();
     const at = performance.now();
     await hold.start();
     await hold.close();
     const { dispose } = await import('@livekit/rtc-node');
     await dispose();
     process.on('exit', () => process.stdout.write(String(performance.now() - at)));`,
    [mp3],
  );
  // The decoder would wait five seconds for more to decode.
  expect(Number(output)).toBeLessThan(4000);
}, 200_000);
