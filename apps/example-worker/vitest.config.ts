import { mergeConfig } from 'vitest/config';
import shared from '../../vitest.shared.ts';

/** Two demos at once: on a busy machine the processes of more would not start in time. */
export default mergeConfig(shared, { test: { maxConcurrency: 2 } });
