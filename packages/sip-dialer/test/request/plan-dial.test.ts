import { Room } from '@livekit/rtc-node';
import { RoomServiceClient, SipClient } from 'livekit-server-sdk';
import { describe, expect, test, vi } from 'vitest';
import { type DialRequest, SipDialer, SipDialerError, type WatchableRoom } from '../../src/index.js';
import { type ScriptedRequest, ScriptedServer, scriptedTrunk, ScriptedClock } from '../../src/testing.js';

const base: DialRequest = { to: '100', roomName: 'room', participantIdentity: 'human', trunkId: scriptedTrunk };

/** What reaches the SDK for this request. */
async function sent(request: Partial<DialRequest>): Promise<ScriptedRequest | undefined> {
  const clock = new ScriptedClock();
  const server = new ScriptedServer({ clock });
  server.phones.set('100', { does: 'reject', sipStatusCode: 486, afterMs: 50 });
  const dialer = new SipDialer({ sip: server.sip, rooms: server.rooms }, clock);
  await clock.settle(dialer.dial({ ...base, ...request }));
  expect(server.requests).toHaveLength(1);
  return server.requests[0];
}

async function refusal(request: Partial<DialRequest>): Promise<SipDialerError> {
  const server = new ScriptedServer();
  const dialer = new SipDialer({ sip: server.sip, rooms: server.rooms });
  const error: unknown = await dialer.dial({ ...base, ...request }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(server.requests, 'nothing is dialed').toEqual([]);
  if (!SipDialerError.isInstance(error)) throw new Error(`not refused: ${String(error)}`);
  return error;
}

describe('a request', () => {
  test('reaches the SDK with every option by its own name and unit', async () => {
    const request = await sent({
      participantName: 'Ann',
      participantMetadata: '{}',
      participantAttributes: { team: 'billing' },
      callerId: '+15550100',
      displayName: 'Support',
      headers: { 'X-Case': '7' },
      dtmf: 'W12 a-#',
      ringingTimeoutMs: 20_500,
      maxCallDurationMs: 90_500,
      krispEnabled: true,
      playDialtone: true,
      hidePhoneNumber: true,
      mediaEncryption: 'require',
    });
    expect(request).toMatchObject({ trunkId: scriptedTrunk, number: '100', roomName: 'room', connection: undefined });
    expect(request?.options).toEqual({
      participantIdentity: 'human',
      participantName: 'Ann',
      participantMetadata: '{}',
      participantAttributes: { team: 'billing' },
      fromNumber: '+15550100',
      displayName: 'Support',
      headers: { 'X-Case': '7' },
      dtmf: 'w12a#',
      ringingTimeout: 21,
      maxCallDuration: 91,
      krispEnabled: true,
      playDialtone: true,
      hidePhoneNumber: true,
      media: { encryption: 2 },
      waitUntilAnswered: true,
      // 21 s of ringing, 2.58 s of keys, and a margin
      timeout: 34,
    });
  });

  test('waits for the answer as long as the server can, and follows the attributes beyond', async () => {
    expect((await sent({ ringingTimeoutMs: 78_000 }))?.options.waitUntilAnswered).toBe(true);
    expect((await sent({ ringingTimeoutMs: 78_001 }))?.options.waitUntilAnswered).toBe(false);
    expect((await sent({ ringingTimeoutMs: 78_000, dtmf: '1' }))?.options.waitUntilAnswered).toBe(false);
  });

  test('with an inline connection names no trunk, and the transport by its number', async () => {
    const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const connection = { hostname: 'sip.example.com', transport: 'tls', authUsername: 'u', authPassword: 'p' } as const;
    const first = await sent({ trunkId: null, connection, to: 'sip:100@sip.example.com' });
    expect(first).toMatchObject({ trunkId: '', number: '100', connection: { ...connection, transport: 3 } });
    await sent({ trunkId: undefined, connection });
    await sent({ trunkId: undefined, connection, callerId: '+15550100' });
    expect(warned, 'without a caller ID, once').toHaveBeenCalledTimes(1);
    warned.mockRestore();
  });

  test('takes tel: and sip: URIs apart', async () => {
    expect((await sent({ to: 'tel:100' }))?.number).toBe('100');
    expect((await sent({ to: 'sip:100' }))?.number).toBe('100');
    const callerId = '1';
    const secure = await sent({ trunkId: null, to: 'sips:100@h.example', connection: {}, callerId });
    expect(secure?.connection).toEqual({ hostname: 'h.example', transport: 3 });
  });
});

describe('a request is refused before anything is dialed:', () => {
  test.each<[name: string, code: string, option: string, request: Partial<DialRequest>]>([
    ['an empty number', 'missing-option', 'to', { to: ' ' }],
    ['a number with a line break', 'invalid-option', 'to', { to: '100\r\nX: 1' }],
    ['a full address without its scheme', 'invalid-option', 'to', { to: '100@example.com' }],
    ['a host with a stored trunk', 'invalid-option', 'to', { to: 'sip:100@example.com' }],
    ['no room', 'missing-option', 'roomName', { roomName: '' }],
    ['no identity', 'missing-option', 'participantIdentity', { participantIdentity: '' }],
    ['neither trunk nor connection', 'missing-option', 'trunkId', { trunkId: null }],
    ['both trunk and connection', 'conflicting-options', 'trunkId', { connection: { hostname: 'h' } }],
    ['a connection without a host', 'missing-option', 'connection.hostname', { trunkId: null, connection: {} }],
    [
      'an unknown transport',
      'invalid-option',
      'connection.transport',
      { trunkId: null, connection: { hostname: 'h', transport: 'quic' as 'tls' } },
    ],
    ['a core header', 'invalid-option', 'headers', { headers: { 'call-ID': 'x' } }],
    ['a short form of one', 'invalid-option', 'headers', { headers: { F: 'x' } }],
    ['a header name with a space', 'invalid-option', 'headers', { headers: { 'X Case': 'x' } }],
    ['a header value with a line break', 'invalid-option', 'headers', { headers: { 'X-Case': 'x\r\nVia: y' } }],
    ['keys that no phone has', 'invalid-option', 'dtmf', { dtmf: '12e' }],
    ['no keys', 'invalid-option', 'dtmf', { dtmf: '' }],
    ['a ring limit in seconds', 'invalid-option', 'ringingTimeoutMs', { ringingTimeoutMs: 30 }],
    ['no ring limit', 'invalid-option', 'ringingTimeoutMs', { ringingTimeoutMs: 0 }],
    ['a negative ring limit', 'invalid-option', 'ringingTimeoutMs', { ringingTimeoutMs: -1_000 }],
    ['a ring limit that is no number', 'invalid-option', 'ringingTimeoutMs', { ringingTimeoutMs: Number.NaN }],
    ['an endless ring limit', 'invalid-option', 'ringingTimeoutMs', { ringingTimeoutMs: Infinity }],
    ['a call length in seconds', 'invalid-option', 'maxCallDurationMs', { maxCallDurationMs: 60 }],
    ['a name that ends its quotes', 'invalid-option', 'displayName', { displayName: 'a" <sip:x>' }],
    [
      'attributes that are no text',
      'invalid-option',
      'participantAttributes.n',
      { participantAttributes: { n: 1 as never } },
    ],
    ['a name that is no text', 'invalid-option', 'participantName', { participantName: 7 as never }],
    ['a switch that is no boolean', 'invalid-option', 'krispEnabled', { krispEnabled: 'yes' as never }],
    ['no choice of headers', 'invalid-option', 'includeHeaders', { includeHeaders: '' as 'x' }],
    ['headers that are none', 'invalid-option', 'headers', { headers: null as never }],
    ['a header that is no text', 'invalid-option', 'headers', { headers: { 'X-Case': 7 as never } }],
    ['attributes that are none', 'invalid-option', 'participantAttributes', { participantAttributes: null as never }],
    ['no encryption by an empty name', 'invalid-option', 'media.encryption', { media: { encryption: '' as 'allow' } }],
    ['an unknown choice of headers', 'invalid-option', 'includeHeaders', { includeHeaders: 'X' as 'x' }],
    [
      'a connection with a password that is no text',
      'invalid-option',
      'connection.authPassword',
      { trunkId: null, connection: { hostname: 'h', authPassword: 1234 as never } },
    ],
    [
      'a codec without a rate',
      'missing-option',
      'media.codecs[0].rate',
      { media: { codecs: [{ name: 'PCMU' } as never] } },
    ],
    [
      'only the listed codecs, and none listed',
      'invalid-option',
      'media.onlyListedCodecs',
      { media: { onlyListedCodecs: true } },
    ],
    ['a media timeout in seconds', 'invalid-option', 'media.mediaTimeoutMs', { media: { mediaTimeoutMs: 15 } }],
    ['no media timeout', 'invalid-option', 'media.mediaTimeoutMs', { media: { mediaTimeoutMs: 0 } }],
    [
      'two encryptions',
      'invalid-option',
      'mediaEncryption',
      { media: { encryption: 'allow' }, mediaEncryption: 'require' },
    ],
    ['an unknown encryption', 'invalid-option', 'mediaEncryption', { mediaEncryption: 'yes' as 'allow' }],
  ])('%s', async (_name, code, option, request) => {
    const error = await refusal(request);
    expect(error).toMatchObject({ code, option });
    expect(error.message).toContain(option.split('.')[0]);
  });

  test('an identity that a participant of the watched room has', async () => {
    const room = new ScriptedServer().room('room');
    room.join({ identity: 'human', attributes: {}, state: 2 });
    expect(await refusal({ watch: room })).toMatchObject({ option: 'participantIdentity' });
  });

  test('one without a trunk, with a message that names both ways to give it', async () => {
    expect((await refusal({ trunkId: undefined })).message).toMatch(/trunkId.*connection/);
    expect((await refusal({ connection: { hostname: 'h' } })).message).toMatch(/trunkId.*connection/);
  });
});

describe('a dialer', () => {
  const cloud = 'https://project.livekit.cloud';

  test('is made from credentials, all of them, and never from the environment', () => {
    vi.stubEnv('LIVEKIT_API_SECRET', 'from-the-environment');
    const options = { url: 'ws://127.0.0.1:7880', apiKey: 'key', apiSecret: 'secret' };
    expect(() => new SipDialer(options)).not.toThrow();
    expect(() => new SipDialer({ ...options, apiSecret: '' })).toThrow('apiSecret');
    expect(() => new SipDialer({ ...options, url: '127.0.0.1:7880' })).toThrow('url');
    vi.unstubAllEnvs();
  });

  test('tells beforehand what it would refuse', () => {
    const dialer = new SipDialer({ url: 'ws://127.0.0.1:7880', apiKey: 'key', apiSecret: 'secret' });
    const request = { to: '+15550142', trunkId: 'ST_1', roomName: 'room', participantIdentity: 'human' };
    expect(() => dialer.check(request)).not.toThrow();
    expect(() => dialer.check({ ...request, dtmf: 'x' })).toThrow('dtmf');
  });

  test('refuses clients that would dial a person twice', () => {
    const rooms = new RoomServiceClient(cloud, 'key', 'secret', { failover: false });
    const replaying = new SipClient(cloud, 'key', 'secret');
    expect(() => new SipDialer({ sip: replaying, rooms })).toThrow('failover: false');
    const once = new SipClient(cloud, 'key', 'secret', { failover: false });
    expect(() => new SipDialer({ sip: once, rooms })).not.toThrow();
  });

  test('watches in a Room of rtc-node', () => {
    const room: WatchableRoom = new Room();
    expect(room.isConnected).toBe(false);
  });

  test('recognizes the errors of another copy of the package', () => {
    const marker = Symbol.for('@org/sip-dialer:error');
    expect(SipDialerError.isInstance({ [marker]: true })).toBe(true);
    expect(SipDialerError.isInstance(new Error('other'))).toBe(false);
  });
});
