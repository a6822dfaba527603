import { mergeConfig } from 'vitest/config';
import shared from '../../vitest.shared.ts';

/** Conversations wait more than they compute: four at once take a third of the time on two cores. */
export default mergeConfig(shared, { test: { maxConcurrency: 4 } });
