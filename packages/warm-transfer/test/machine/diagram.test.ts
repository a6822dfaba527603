import { readFileSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { stateDiagram } from '../support/machine/diagram.js';

const file = new URL('../../docs/state-machine.md', import.meta.url);

it('the state diagram in docs/state-machine.md is what the code does (UPDATE_DIAGRAM=1 draws it again)', () => {
  const drawn = stateDiagram();
  if (process.env['UPDATE_DIAGRAM'] === '1') writeFileSync(file, drawn);
  expect(readFileSync(file, 'utf8')).toBe(drawn);
});
