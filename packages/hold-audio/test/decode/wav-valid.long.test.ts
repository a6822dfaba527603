import { test } from 'vitest';
import { expectValidDecode } from '../support/valid-wavs.js';

test(
  '100,000 valid files of all formats keep their length and their level',
  () => expectValidDecode(100_000, 2),
  3_600_000,
);
