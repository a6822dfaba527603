import { SignalRequest, SignalResponse } from '@livekit/protocol';
import { expect, test } from 'vitest';
import { rewriteClientMessage, rewriteServerMessage } from '../../src/proxy/rewrite-candidates.js';

const udp = 'candidate:1 1 udp 2130706431 127.0.0.1 7882 typ host';
const tcp = 'candidate:2 1 tcp 1671430143 127.0.0.1 7881 typ host tcptype passive';
const ipv6 = 'candidate:3 1 udp 2130706431 fd00::2 7882 typ host';
const ours = 'candidate:1 1 udp 2130706431 127.0.0.1 40001 typ host';
const sdp = ['v=0', `a=${udp}`, `a=${tcp}`, `a=${ipv6}`, 'a=end-of-candidates', ''].join('\r\n');

const portFor = async (host: string, port: number): Promise<number | undefined> =>
  host === '127.0.0.1' ? port + 32_119 : undefined;

const trickle = (candidate: string) =>
  ({ case: 'trickle', value: { candidateInit: JSON.stringify({ candidate, sdpMid: '0' }), target: 0 } }) as const;

test('a client learns only addresses of the lab, in descriptions and one by one', async () => {
  const answer = new SignalResponse({ message: { case: 'answer', value: { type: 'answer', sdp } } });
  const rewritten = SignalResponse.fromBinary((await rewriteServerMessage(bytes(answer), portFor)) ?? new Uint8Array());
  expect(rewritten.message.value).toMatchObject({
    type: 'answer',
    sdp: ['v=0', `a=${ours}`, 'a=end-of-candidates', ''].join('\r\n'),
  });
  const one = await rewriteServerMessage(bytes(new SignalResponse({ message: trickle(udp) })), portFor);
  expect(SignalResponse.fromBinary(one ?? new Uint8Array()).message.value).toMatchObject({
    candidateInit: JSON.stringify({ candidate: ours, sdpMid: '0' }),
  });
  expect(await rewriteServerMessage(bytes(new SignalResponse({ message: trickle(tcp) })), portFor)).toBeUndefined();
});

test('the server learns no address of a client, and that there are no more', async () => {
  const offer = new SignalRequest({ message: { case: 'offer', value: { type: 'offer', sdp } } });
  const rewritten = SignalRequest.fromBinary((await rewriteClientMessage(bytes(offer))) ?? new Uint8Array());
  expect(rewritten.message.value).toMatchObject({ sdp: ['v=0', 'a=end-of-candidates', ''].join('\r\n') });
  expect(await rewriteClientMessage(bytes(new SignalRequest({ message: trickle(udp) })))).toBeUndefined();
  const last = bytes(new SignalRequest({ message: trickle('') }));
  expect(await rewriteClientMessage(last)).toEqual(last);
});

test('other messages pass as they are', async () => {
  const ping = bytes(new SignalRequest({ message: { case: 'ping', value: 1n } }));
  expect(await rewriteClientMessage(ping)).toBe(ping);
});

function bytes(message: SignalRequest | SignalResponse): Uint8Array<ArrayBuffer> {
  return new Uint8Array(message.toBinary());
}
