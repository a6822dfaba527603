import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { type AudioClient, keepPrivate } from '../../src/media/private-audio.js';

/** A client that answers as the media library's does. */
class FakeClient extends EventEmitter {
  answer: object = {};
  request(): object {
    return this.answer;
  }
}

const frameSent = (asyncId: bigint) => ({ message: { case: 'captureAudioFrame', value: { asyncId } } });
const frameHeard = (streamHandle: bigint) => ({ message: { case: 'audioStreamEvent', value: { streamHandle } } });

/** Asks and listens as rtc-node does, in one go. */
function ask(client: FakeClient, answer: object, listener: (event: unknown) => void): void {
  client.answer = answer;
  client.request();
  client.on('ffi_event', listener);
}

test('an event of the work reaches only its listener, until that stops listening, and every other event all others', () => {
  const client = new FakeClient();
  const told: unknown[] = [];
  const others: unknown[] = [];
  const listener = (event: unknown): void => void told.push(event);
  client.on('ffi_event', (event) => others.push(event));
  keepPrivate(() => ask(client, { stream: { handle: { id: 7n } } }, listener), client as unknown as AudioClient);
  keepPrivate(() => ask(client, { asyncId: 7n }, (event) => told.push(event)), client as unknown as AudioClient);
  client.emit('ffi_event', frameHeard(7n));
  client.emit('ffi_event', frameSent(7n));
  client.emit('ffi_event', frameHeard(8n));
  expect(told).toEqual([frameHeard(7n), frameSent(7n)]);
  expect(others).toEqual([frameHeard(8n)]);
  client.off('ffi_event', listener);
  client.emit('ffi_event', frameHeard(7n));
  expect(told).toHaveLength(2);
  expect(others).toEqual([frameHeard(8n), frameHeard(7n)]);
});

test('work whose answer names no stream and no frame listens as others do', () => {
  const client = new FakeClient();
  const told: unknown[] = [];
  keepPrivate(() => ask(client, {}, (event) => told.push(event)), client as unknown as AudioClient);
  client.emit('ffi_event', frameHeard(7n));
  expect(told).toEqual([frameHeard(7n)]);
});

function fail(): never {
  throw new Error('no stream');
}

test('work that fails is no longer the one that listens, and a client without the methods is left alone', () => {
  const client = new FakeClient();
  expect(() => keepPrivate(fail, client as unknown as AudioClient)).toThrow('no stream');
  const told: unknown[] = [];
  ask(client, { asyncId: 7n }, (event) => told.push(event));
  client.emit('ffi_event', frameSent(7n));
  expect(told).toEqual([frameSent(7n)]);
  expect(keepPrivate(() => 'done', {})).toBe('done');
});
