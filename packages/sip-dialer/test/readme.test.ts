import { expect, test } from 'vitest';
import { expectReadmeToShow } from '../../../vitest.readme.ts';
import { ScriptedServer, scriptedTrunk } from '../src/testing.js';
import { callTheDesk } from './readme-example.js';

test('the README shows the example that runs here', () => {
  expectReadmeToShow(new URL('readme-example.ts', import.meta.url));
});

test('the example calls, and says how it went', async () => {
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const server = new ScriptedServer();
  server.phones.set('+15550100', { does: 'answer', afterMs: 400, hangsUpAfterMs: 100 });
  expect(await callTheDesk(server, scriptedTrunk, log)).toBe('ended by unknown');
  expect(lines).toEqual(['dialing', 'ringing', 'answered']);
  server.phones.set('+15550100', { does: 'reject', sipStatusCode: 486, afterMs: 50 });
  expect(await callTheDesk(server, scriptedTrunk, log)).toBe('busy, try again');
});
