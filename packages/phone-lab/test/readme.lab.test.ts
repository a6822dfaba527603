import { expect, test } from 'vitest';
import { expectReadmeToShow } from '../../../vitest.readme.ts';
import { twoPeopleTalk } from './readme-example.js';

test('the README shows this code, and it does what the README says', async () => {
  expectReadmeToShow(new URL('./readme-example.ts', import.meta.url));
  expectReadmeToShow(new URL('./readme-agent.lab.test.ts', import.meta.url));
  expect(await twoPeopleTalk()).toBe(true);
});
