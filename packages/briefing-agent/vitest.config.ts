import { mergeConfig } from 'vitest/config';
import shared from '../../vitest.shared.ts';

/** Conversations wait more than they compute, but they share a thread: two at once still sound whole. */
export default mergeConfig(shared, { test: { maxConcurrency: 2 } });
