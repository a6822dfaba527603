import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { CreateSipParticipantOptions, SipClient, TransferSipParticipantOptions } from 'livekit-server-sdk';
import { expect, test } from 'vitest';
import { type ColdTransferRequest, type DialRequest, type SipConnection, SipDialer } from '../../src/index.js';
import type { SipMedia } from '../../src/request/dial-request.js';
import { ScriptedServer, scriptedTrunk, ScriptedClock } from '../../src/testing.js';

type Fields<Message> = Exclude<
  { [name in keyof Message]: Message[name] extends (...args: never[]) => unknown ? never : name }[keyof Message],
  undefined
>;
type ApiConnection = NonNullable<Parameters<SipClient['createSipParticipant']>[4]>;
type ApiMedia = NonNullable<CreateSipParticipantOptions['media']>;

/** Where each field of the SDK comes from. A field that the SDK gets or loses makes this file fail to compile. */
type Sources<Api, Ours> = { readonly [name in Fields<Required<Api>>]: keyof Ours | 'computed' | 'deprecated' };

const options: Sources<CreateSipParticipantOptions, DialRequest> = {
  fromNumber: 'callerId',
  participantIdentity: 'participantIdentity',
  participantName: 'participantName',
  displayName: 'displayName',
  participantMetadata: 'participantMetadata',
  participantAttributes: 'participantAttributes',
  dtmf: 'dtmf',
  playRingtone: 'deprecated', // another name of playDialtone
  playDialtone: 'playDialtone',
  headers: 'headers',
  includeHeaders: 'includeHeaders',
  hidePhoneNumber: 'hidePhoneNumber',
  ringingTimeout: 'ringingTimeoutMs',
  maxCallDuration: 'maxCallDurationMs',
  krispEnabled: 'krispEnabled',
  waitUntilAnswered: 'computed',
  timeout: 'computed',
  media: 'media',
};

const connection: Sources<ApiConnection, SipConnection> = {
  hostname: 'hostname',
  destinationCountry: 'destinationCountry',
  transport: 'transport',
  authUsername: 'authUsername',
  authPassword: 'authPassword',
  headersToAttributes: 'headersToAttributes',
  attributesToHeaders: 'attributesToHeaders',
  fromHost: 'fromHost',
};

const media: Sources<ApiMedia, SipMedia> = {
  onlyListedCodecs: 'onlyListedCodecs',
  codecs: 'codecs',
  encryption: 'encryption',
  mediaTimeout: 'mediaTimeoutMs',
};

const transfer: Sources<TransferSipParticipantOptions, ColdTransferRequest> = {
  playDialtone: 'playDialtone',
  headers: 'headers',
  ringingTimeout: 'ringingTimeoutMs',
  timeout: 'computed',
};

const everything: DialRequest = {
  to: '100',
  roomName: 'room',
  callerId: '+15550100',
  participantIdentity: 'human',
  participantName: 'Ann',
  displayName: 'Support',
  participantMetadata: '{}',
  participantAttributes: { team: 'billing' },
  dtmf: 'w1',
  playDialtone: true,
  headers: { 'X-Case': '7' },
  includeHeaders: 'x',
  hidePhoneNumber: true,
  ringingTimeoutMs: 20_000,
  maxCallDurationMs: 60_000,
  krispEnabled: true,
  media: {
    encryption: 'require',
    codecs: [{ name: 'PCMU', rate: 8_000 }],
    onlyListedCodecs: true,
    mediaTimeoutMs: 15_500,
  },
  connection: {
    hostname: 'sip.example.com',
    destinationCountry: 'US',
    transport: 'tls',
    authUsername: 'user',
    authPassword: 'password',
    headersToAttributes: { 'X-Queue': 'queue' },
    attributesToHeaders: { queue: 'X-Queue' },
    fromHost: 'from.example.com',
  },
};

const fieldsOf = (sources: Readonly<Record<string, string>>): string[] =>
  Object.keys(sources).filter((name) => sources[name] !== 'deprecated');

async function sentFor(request: DialRequest) {
  const clock = new ScriptedClock();
  const server = new ScriptedServer({ clock });
  server.phones.set('100', { does: 'reject', sipStatusCode: 486, afterMs: 50 });
  await clock.settle(new SipDialer({ sip: server.sip, rooms: server.rooms }, clock).dial(request));
  const [sent] = server.requests;
  if (sent === undefined) throw new Error('nothing was sent');
  return sent;
}

test('whatever the SDK takes for a dial can be given, and arrives', async () => {
  const sent = await sentFor(everything);
  expect(Object.keys(sent.options).toSorted()).toEqual(fieldsOf(options).toSorted());
  expect(Object.keys(sent.connection ?? {}).toSorted()).toEqual(fieldsOf(connection).toSorted());
  expect(Object.keys(sent.options.media ?? {}).toSorted()).toEqual(fieldsOf(media).toSorted());
  expect(sent.options).toMatchObject({
    includeHeaders: 1,
    media: {
      encryption: 2,
      codecs: [{ name: 'PCMU', rate: 8_000 }],
      onlyListedCodecs: true,
      mediaTimeout: { seconds: 15n, nanos: 500_000_000 },
    },
  });
});

test('nothing is sent that was not given', async () => {
  const sent = await sentFor({ to: '100', roomName: 'room', participantIdentity: 'human', trunkId: scriptedTrunk });
  const always = ['participantIdentity', 'ringingTimeout', 'timeout', 'waitUntilAnswered'];
  expect(Object.keys(sent.options).toSorted()).toEqual(always);
  expect(sent.connection).toBeUndefined();
});

test('whatever the SDK takes for a transfer can be given, and arrives', async () => {
  const clock = new ScriptedClock();
  const server = new ScriptedServer({ clock });
  const dialer = new SipDialer({ sip: server.sip, rooms: server.rooms }, clock);
  const to = 'tel:+15550199';
  const request = { roomName: 'room', identity: 'human', to, headers: { 'X-Case': '7' }, playDialtone: true };
  await clock.settle(dialer.coldTransfer({ ...request, ringingTimeoutMs: 9_000 }));
  expect(Object.keys(server.transferRequests[0]?.options ?? {}).toSorted()).toEqual(fieldsOf(transfer).toSorted());
});

test('the SDK itself sends all of it', async () => {
  let body = '';
  const server = createServer((request, response) => {
    const refuse = (): unknown =>
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"code":"invalid_argument","msg":"no"}');
    void text(request)
      .then((sent) => (body ||= sent), String)
      .then(refuse);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new SipDialer({ url: `http://127.0.0.1:${port}`, apiKey: 'key', apiSecret: 'secret' }).dial(everything);
  server.close();
  server.closeAllConnections();
  expect(JSON.parse(body)).toMatchObject({
    sipCallTo: '100',
    sipNumber: '+15550100',
    includeHeaders: 'SIP_X_HEADERS',
    ringingTimeout: '20s',
    maxCallDuration: '60s',
    media: {
      onlyListedCodecs: true,
      codecs: [{ name: 'PCMU', rate: 8000 }],
      encryption: 'SIP_MEDIA_ENCRYPT_REQUIRE',
      mediaTimeout: '15.500s',
    },
    trunk: {
      hostname: 'sip.example.com',
      transport: 'SIP_TRANSPORT_TLS',
      headersToAttributes: { 'X-Queue': 'queue' },
      attributesToHeaders: { queue: 'X-Queue' },
      fromHost: 'from.example.com',
    },
  });
});
