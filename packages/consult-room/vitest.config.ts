import { mergeConfig } from 'vitest/config';
import shared from '../../vitest.shared.ts';

/** Calls at once in a file that says so: each takes a fifth of a core. */
export default mergeConfig(shared, { test: { maxConcurrency: 3 } });
