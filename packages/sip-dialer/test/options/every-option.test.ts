import { allowing, misuse, type OptionSubject } from '@org/support/testing';
import { describe, expect, test } from 'vitest';
import { SipDialer, SipDialerError } from '../../src/index.js';
import { ScriptedDialer, ScriptedServer, scriptedTrunk } from '../../src/testing.js';

const { nothing, text, string, line, flag, callback, object } = allowing;
const { sip, rooms, requests } = new ScriptedServer();
const dialer = new SipDialer({ sip, rooms });
const misuses: readonly string[] = ['missing-option', 'invalid-option', 'conflicting-options'];
const isRefusal = (error: unknown): boolean => SipDialerError.isInstance(error) && misuses.includes(error.code);

const request = (): object => ({
  to: '100',
  roomName: 'room',
  participantIdentity: 'human',
  participantAttributes: {},
  trunkId: scriptedTrunk,
  headers: {},
  media: { codecs: [{ name: 'PCMU', rate: 8000 }] },
});
const answered = await new ScriptedDialer().dial({ ...request(), watch: new ScriptedServer().room('room') } as never);
if (answered.status !== 'answered') throw new Error('not answered');
const { call } = answered;

const inline = (): object => ({ ...request(), trunkId: null, connection: { hostname: 'pbx.example' } });
const anyLine = [...line, 'empty', 'blank'];

const subjects: Readonly<Record<string, [OptionSubject, Readonly<Record<string, readonly string[]>>]>> = {
  'new SipDialer()': [
    {
      take: (options) => new SipDialer(options as never),
      right: () => ({ url: 'wss://example.test', apiKey: 'key', apiSecret: 'secret' }),
      isRefusal,
    },
    { url: nothing, apiKey: text, apiSecret: text },
  ],
  'new SipDialer() with clients': [
    { take: (options) => new SipDialer(options as never), right: () => ({ sip, rooms }), isRefusal },
    { sip: nothing, rooms: nothing },
  ],
  'check()': [
    { take: (options) => dialer.check(options as never), right: request, isRefusal },
    {
      to: line,
      numberCheck: nothing,
      defaultCountry: nothing,
      roomName: line,
      participantIdentity: line,
      participantName: string,
      participantMetadata: string,
      participantAttributes: object,
      trunkId: line,
      connection: ['null'],
      callerId: line,
      displayName: ['abc', 'digits', 'empty', 'blank'],
      headers: object,
      dtmf: ['abc', 'digits'],
      ringingTimeoutMs: nothing,
      maxCallDurationMs: nothing,
      krispEnabled: flag,
      playDialtone: flag,
      hidePhoneNumber: flag,
      includeHeaders: nothing,
      media: object,
      'media.encryption': nothing,
      'media.codecs': ['[]'],
      'media.codecs[0]': nothing,
      'media.codecs[0].name': ['abc', 'digits'],
      'media.codecs[0].rate': ['2**53'],
      'media.onlyListedCodecs': flag,
      'media.mediaTimeoutMs': nothing,
      mediaEncryption: nothing,
      watch: ['Promise'],
    },
  ],
  'check() with a connection': [
    { take: (options) => dialer.check(options as never), right: inline, isRefusal },
    {
      'connection.hostname': ['abc', 'digits', 'long'],
      'connection.transport': nothing,
      'connection.authUsername': anyLine,
      'connection.authPassword': anyLine,
      'connection.destinationCountry': nothing,
      'connection.headersToAttributes': object,
      'connection.attributesToHeaders': object,
      'connection.fromHost': anyLine,
    },
  ],
  'dial()': [
    {
      take: (options) => dialer.dial(request() as never, options),
      right: () => ({ signal: AbortSignal.abort() }),
      isRefusal,
    },
    { signal: nothing, onProgress: callback },
  ],
  'sendDtmf()': [{ take: (options) => call.sendDtmf('1', options), right: () => ({}), isRefusal }, { signal: nothing }],
  'coldTransfer() of a call': [
    { take: (options) => call.coldTransfer('+15550199', options), right: () => ({ headers: {} }), isRefusal },
    { headers: object, ringingTimeoutMs: nothing, playDialtone: flag, signal: nothing },
  ],
  'coldTransfer()': [
    {
      take: (options) => dialer.coldTransfer(options as never, { signal: AbortSignal.abort() }),
      right: () => ({ roomName: 'room', identity: 'human', to: '+15550199', headers: {} }),
      isRefusal,
    },
    {
      to: ['digits'],
      roomName: line,
      identity: line,
      headers: object,
      ringingTimeoutMs: nothing,
      playDialtone: flag,
    },
  ],
  'options of coldTransfer()': [
    {
      take: (options) => dialer.coldTransfer({ roomName: 'r', identity: 'i', to: '+15550199' }, options),
      right: () => ({}),
      isRefusal,
    },
    { signal: nothing },
  ],
};

describe.each(Object.entries(subjects))('%s', (_name, [subject, options]) => {
  test.each(Object.entries(options))('refuses by its name whatever %s does not allow', async (option, allowed) => {
    expect(await misuse(subject, option, allowed)).toEqual([]);
    expect(requests).toEqual([]);
  });
});
