import { mergeConfig } from 'vitest/config';
import { labFilesAtOnce } from '../../vitest.lab-files.ts';
import shared from '../../vitest.shared.ts';

/** Conversations wait more than they compute, but those of a file share a thread: two at once still sound whole. */
export default mergeConfig(labFilesAtOnce(shared, 2), { test: { maxConcurrency: 2 } });
