import { test } from 'vitest';
import { expectBearsDamage } from '../support/damaged-wavs.js';

test(
  '10,000 damaged files decode or are rejected; none crashes, hangs or grows',
  () => expectBearsDamage(10_000),
  120_000,
);
