import { llm } from '@livekit/agents';
import { SIPOutboundConfig, SIPTransport } from '@livekit/protocol';
import { describe, expect, it } from 'vitest';
import { normalizeTaskOptions } from '../../src/task/parse-task-options.js';
import { WarmTransferError } from '../../src/index.js';

const sipCallTo = '+15550142';

describe('what has two names', () => {
  it('is taken under either, and under both when they agree', () => {
    expect(normalizeTaskOptions({ transferTo: sipCallTo }).sipCallTo).toBe(sipCallTo);
    expect(normalizeTaskOptions({ transferTo: sipCallTo, sipCallTo }).sipCallTo).toBe(sipCallTo);
    expect(normalizeTaskOptions({ sipCallTo, holdMusicUrl: 'https://example.com/a.wav' }).holdAudio).toBe(
      'https://example.com/a.wav',
    );
    expect(normalizeTaskOptions({ sipCallTo, holdAudio: null }).holdAudio).toBeNull();
  });

  it.each([
    [{ sipCallTo, transferTo: '+15550143' }, '`transferTo` is another name of `sipCallTo`'],
    [{ sipCallTo, holdAudio: null, holdMusicUrl: 'a.wav' }, '`holdMusicUrl` is another name of `holdAudio`'],
  ])('is rejected by name when they differ: %j', (options, message) => {
    const read = (): unknown => normalizeTaskOptions(options);
    expect(read).toThrow(message);
    expect(read).toThrow(WarmTransferError);
  });

  it('leaves nothing behind under the other name', () => {
    const settings = normalizeTaskOptions({
      transferTo: sipCallTo,
      holdMusicUrl: 'a.wav',
      extraInstructions: 'Be brief.',
    });
    expect(Object.keys(settings)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/transferTo|holdMusicUrl|extraInstructions/)]),
    );
  });
});

describe('the instructions', () => {
  it.each([
    [undefined, undefined, undefined],
    ['All of it.', undefined, 'All of it.'],
    ['All of it.', 'More.', { persona: 'All of it.', extra: 'More.' }],
    [{ persona: 'You call.' }, undefined, { persona: 'You call.' }],
    [{ persona: '', extra: 'First.' }, 'More.', { persona: '', extra: 'First.\n\nMore.' }],
    [undefined, 'More.', { extra: 'More.' }],
    [{ persona: new llm.Instructions({ audio: 'Spoken.', text: 'Written.' }) }, undefined, { persona: 'Spoken.' }],
  ])('%j with the extra %j are %j', (instructions, extraInstructions, expected) => {
    expect(normalizeTaskOptions({ sipCallTo, instructions, extraInstructions }).instructions).toEqual(expected);
  });
});

describe('a connection given with the call', () => {
  it('is the same as protobuf and as a plain object', () => {
    const plain = { hostname: 'sip.example.com', transport: 'tls', authUsername: 'u', authPassword: 'p' } as const;
    const message = new SIPOutboundConfig({ ...plain, transport: SIPTransport.SIP_TRANSPORT_TLS });
    const none = { headersToAttributes: {}, attributesToHeaders: {} };
    expect(normalizeTaskOptions({ sipCallTo, sipConnection: message }).sipConnection).toEqual({ ...plain, ...none });
    expect(normalizeTaskOptions({ sipCallTo, sipConnection: plain }).sipConnection).toEqual(plain);
  });

  it('is left out beside a stored trunk, as by LiveKit’s server, and taken beside a trunk that is null', () => {
    const sipConnection = { hostname: 'h' };
    const both = normalizeTaskOptions({ sipCallTo, sipTrunkId: 'ST_1', sipConnection });
    expect(both).toMatchObject({ sipTrunkId: 'ST_1' });
    expect(both).not.toHaveProperty('sipConnection');
    expect(normalizeTaskOptions({ sipCallTo, sipTrunkId: null, sipConnection })).toMatchObject({ sipConnection });
  });

  it('is rejected with a transport that there is not', () => {
    expect(() => normalizeTaskOptions({ sipCallTo, sipConnection: { hostname: 'h', transport: 9 } })).toThrow(
      '`sipConnection.transport` must be auto, udp, tcp or tls',
    );
  });
});

describe('what counts as absent', () => {
  it('is null for models and turn detection, and an empty string of keys', () => {
    const none = { stt: null, llm: null, tts: null, vad: null, turnDetection: null };
    expect(normalizeTaskOptions({ sipCallTo, ...none, dtmf: '' })).toMatchObject({
      stt: undefined,
      llm: undefined,
      tts: undefined,
      vad: undefined,
      turnDetection: undefined,
      dtmf: null,
    });
  });

  it('is no model only when a message of its own is to be read', () => {
    expect(normalizeTaskOptions({ sipCallTo, llm: null, briefing: { message: 'A caller.' } }).llm).toBeNull();
  });
});
