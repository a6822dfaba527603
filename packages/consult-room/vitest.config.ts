import { mergeConfig } from 'vitest/config';
import shared from '../../vitest.shared.ts';

/** One call at a time, also where a file would allow more: they share a thread, and real audio would come in pieces. */
export default mergeConfig(shared, { test: { maxConcurrency: 1 } });
