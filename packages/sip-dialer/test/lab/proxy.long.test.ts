import { startPhoneLab } from '@org/phone-lab';
import { expect, test } from 'vitest';
import { dialThroughProxy } from '../support/dial-through-proxy.js';

test('through a proxy that cuts after 15 s, as Envoy does, each phone ends as without one, called once', async () => {
  await using lab = await startPhoneLab();
  const { statuses } = await dialThroughProxy(lab, { afterMs: 15_000, ringMs: 17_000, limitMs: 20_000 });
  expect(await statuses).toEqual(['answered', 'busy', 'no-answer']);
}, 120_000);
