import { env, chdir } from 'node:process';

// A run of all packages starts in none of them.
if (env['PACKAGE_DIRECTORY'] !== undefined) chdir(env['PACKAGE_DIRECTORY']);
