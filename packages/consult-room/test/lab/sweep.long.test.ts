import { it } from 'vitest';
import { expectSweptAfterKilling, phases } from '../support/kill-workers.ts';

it('frees the humans that workers have left, in whatever phase they were killed', async () => {
  await expectSweptAfterKilling(phases);
}, 300_000);
