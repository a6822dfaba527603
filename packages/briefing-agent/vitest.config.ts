import { mergeConfig } from 'vitest/config';
import shared from '../../vitest.shared.ts';

// A briefing is mostly waiting: four conversations at once still leave the machine half idle.
export default mergeConfig(shared, { test: { maxConcurrency: 4 } });
