import { test } from 'vitest';
import { expectValidDecode } from '../support/valid-wavs.js';

test('2,000 valid files of all formats keep their length and their level', () => expectValidDecode(2000), 120_000);
