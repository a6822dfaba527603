import { expect, test } from 'vitest';
import type { DialRequest } from '../../src/index.js';
import { ScriptedDialer } from '../../src/testing.js';

const request: DialRequest = { to: '100', roomName: 'room', participantIdentity: 'human', trunkId: 'ST_1' };

test('a scripted dialer goes through its script and is answered after it', async () => {
  const dialer = new ScriptedDialer([{ status: 'busy', sipStatusCode: 486, retryable: true }, { status: 'answered' }]);
  const seen: string[] = [];
  const onProgress = ({ status }: { status: string }): void => void seen.push(status);
  expect(await dialer.dial(request, { onProgress })).toMatchObject({
    status: 'busy',
    sipStatusCode: 486,
    retryable: true,
  });
  expect(seen.splice(0)).toEqual(['dialing', 'ringing']);
  const answered = await dialer.dial(request, { onProgress });
  expect(seen).toEqual(['dialing', 'ringing', 'answered']);
  expect(answered).toMatchObject({ status: 'answered', call: { identity: 'human', roomName: 'room' } });
  expect((await dialer.dial(request)).status).toBe('answered');
  expect(dialer.requests).toHaveLength(3);
});

test('the calls of a scripted dialer end by the far side, or by hanging up, once', async () => {
  const dialer = new ScriptedDialer();
  await dialer.dial(request);
  await dialer.dial(request);
  const [first, second] = dialer.calls;
  first?.end({ by: 'phone' });
  await first?.hangUp();
  expect(await first?.ended).toMatchObject({ by: 'phone' });
  await second?.close();
  expect(await second?.ended).toMatchObject({ by: 'us' });
});

test('a scripted dialer can be canceled while it rings, and refuses what the real one refuses', async () => {
  const dialer = new ScriptedDialer([{ status: 'ringing' }]);
  const abort = new AbortController();
  const dialing = dialer.dial(request, { signal: abort.signal });
  abort.abort(new Error('enough'));
  expect(await dialing).toMatchObject({ status: 'canceled', cause: new Error('enough') });
  expect(await dialer.dial(request, { signal: AbortSignal.abort() })).toMatchObject({ status: 'canceled' });
  await expect(dialer.dial({ ...request, to: '' })).rejects.toMatchObject({ code: 'missing-option', option: 'to' });
  expect(dialer.requests).toHaveLength(1);
});
