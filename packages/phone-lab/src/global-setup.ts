import { findServer } from './server/find-server.js';
import { runningServer } from './server/running-server.js';

/**
 * For vitest's `globalSetup`: a server that has to be built first is built before the tests, whose limits it would exceed.
 *
 * @throws PhoneLabError `no-server` or `invalid-option`, so that no test begins.
 */
export async function setup(): Promise<void> {
  if (runningServer(process.env) === undefined) await findServer();
}
