import { it } from 'vitest';
import { expectSweptAfterKilling } from './support/killed-workers.ts';

it('frees the humans that killed workers have left, once their callers are gone, and touches no live call', async () => {
  await expectSweptAfterKilling(['ringing', 'held', 'promoting']);
}, 150_000);
