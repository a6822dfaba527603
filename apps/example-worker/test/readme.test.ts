import { expect, it } from 'vitest';
import { expectReadmeToShow } from '../../../vitest.readme.ts';
import * as agent from '../src/agent.js';

const tool = new URL('../src/transfer-tool.ts', import.meta.url);

it('the tool that the worker runs is the one that the reference of the package shows', () => {
  expectReadmeToShow(tool, { readme: '../../docs/reference/warm-transfer.md' });
});

it('the README of the repository shows it as well', () => {
  expectReadmeToShow(tool, { readme: '../../README.md' });
});

it('the entry exports an agent, and does not start a worker when it is imported', () => {
  expect(agent.default.entry).toBeTypeOf('function');
});
