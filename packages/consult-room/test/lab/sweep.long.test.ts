import { it } from 'vitest';
import { expectSweptAfterKilling, phases } from '../support/kill-workers.ts';

it('a sweep frees the human agents of workers that were killed in any phase', async () => {
  await expectSweptAfterKilling(phases);
}, 300_000);
