import { expect, test } from 'vitest';
import { expectReadmeToShow } from '../../../vitest.readme.ts';
import { SipDialer } from '@org/sip-dialer';
import { ScriptedServer, scriptedTrunk, ScriptedClock } from '../src/testing.js';
import { callTheDesk } from './readme-example.js';
import { enterTheConference } from './readme-keys.js';
import { sendToBilling } from './readme-transfer.js';

const reference = '../../docs/reference/sip-dialer.md';

test('the README shows the example that runs here', () => {
  expectReadmeToShow(new URL('readme-example.ts', import.meta.url));
});

test('the example of keys in the reference works', async () => {
  expectReadmeToShow(new URL('readme-keys.ts', import.meta.url), { readme: reference });
  const { clock, server, dialer } = scripted();
  server.phones.set('100', { does: 'answer', afterMs: 100 });
  const room = server.room('room');
  const request = { to: '100', roomName: 'room', participantIdentity: 'line', trunkId: scriptedTrunk };
  expect(await clock.settle(enterTheConference(dialer, request, room, '4711'))).toBe('sent, 5 keys');
  expect(room.keys.map(({ digit }) => digit).join('')).toBe('4711#');
  server.phones.set('100', { does: 'reject', sipStatusCode: 486, afterMs: 100 });
  const again = { ...request, participantIdentity: 'line-2' };
  expect(await clock.settle(enterTheConference(dialer, again, room, '4711'))).toBe('busy');
});

test('the example of a cold transfer in the reference works', async () => {
  expectReadmeToShow(new URL('readme-transfer.ts', import.meta.url), { readme: reference });
  const { clock, server, dialer } = scripted();
  const attributes = { 'sip.callID': 'SCL_in', 'sip.callStatus': 'active' };
  server.room('lobby').join({ identity: 'caller', attributes, state: 2 });
  const send = (): Promise<string> => clock.settle(sendToBilling(dialer, 'lobby', 'caller'));
  server.transfers.set('tel:+15550199', { does: 'refuse', sipStatusCode: 603 });
  expect(await send()).toBe('still here, SIP 603');
  server.transfers.set('tel:+15550199', { does: 'nothing' });
  expect(await send()).toBe('still here, no-response');
  server.transfers.set('tel:+15550199', { does: 'go' });
  expect(await send()).toBe('gone to billing');
});

function scripted() {
  const clock = new ScriptedClock();
  const server = new ScriptedServer({ clock });
  return { clock, server, dialer: new SipDialer({ sip: server.sip, rooms: server.rooms }, clock) };
}

test('the example calls, and says how it went', async () => {
  const lines: string[] = [];
  const log = (line: string): void => void lines.push(line);
  const server = new ScriptedServer();
  server.phones.set('+15550100', { does: 'answer', afterMs: 400, hangsUpAfterMs: 100 });
  expect(await callTheDesk({ sip: server.sip, rooms: server.rooms }, scriptedTrunk, log)).toBe('ended by unknown');
  expect(lines).toEqual(['dialing', 'ringing', 'answered']);
  server.phones.set('+15550100', { does: 'reject', sipStatusCode: 486, afterMs: 50 });
  expect(await callTheDesk({ sip: server.sip, rooms: server.rooms }, scriptedTrunk, log)).toBe('busy, try again');
});
