import { Room } from '@livekit/rtc-node';
import { describe, expect, it } from 'vitest';
import { createMerge, type MergeOptions, validateMergeSettings } from '../../src/index.ts';
import { completeSettings } from '../../src/options/parse-merge-options.ts';

const good: MergeOptions = {
  callerRoom: new Room(),
  callerIdentity: 'caller',
  consultRoom: new Room(),
  humanIdentity: 'human',
  server: { url: 'wss://example.test', apiKey: 'key', apiSecret: 'secret' },
  rejoin: { gateway: 'sip:gateway.example.test:5060;transport=tcp' },
};

const { server, rejoin } = good;
const settings = { server, rejoin };

describe('the options of a merge', () => {
  it('are accepted in their documented forms', async () => {
    for (const gateway of ['sip:10.0.0.1', 'sips:gateway.example.test', 'sip:[::1]:5060;transport=udp']) {
      await createMerge({ ...good, promote: 'rejoin', rejoin: { gateway } }).close();
      validateMergeSettings({ ...settings, promote: 'rejoin', rejoin: { gateway } });
    }
  });

  it.each<[string, object, RegExp]>([
    ['an unknown strategy', { strategy: 'rejoin' }, /`strategy` must be one of 'auto', 'bridge', 'move'/],
    ['an unknown promotion', { promote: 'move' }, /`promote` must be one of 'never', 'rejoin'/],
    ['a promotion to nowhere', { promote: 'rejoin', rejoin: undefined }, /`rejoin` must be given/],
    ['a move without a server', { strategy: 'move', server: undefined, rejoin: undefined }, /`server` must be given/],
    ['a rejoin without a server', { server: undefined }, /`server` must be given/],
    [
      'a server of another protocol',
      { server: { ...good.server, url: 'ftp://x' } },
      /`server\.url` must be a URL that begins with/,
    ],
    ['a server without a secret', { server: { ...good.server, apiSecret: '' } }, /`server\.apiSecret`/],
    ['a gateway without a scheme', { rejoin: { gateway: 'gateway.example.test' } }, /`rejoin\.gateway`/],
    ['a gateway with a user', { rejoin: { gateway: 'sip:1234@gateway.example.test' } }, /`rejoin\.gateway`/],
    ['no time to verify', { verifyTimeoutMs: 0 }, /`verifyTimeoutMs`/],
    ['half a second', { rejoin: { ...good.rejoin, timeoutMs: 1_500 } }, /`rejoin\.timeoutMs` must be whole seconds/],
    ['no time to move', { moveTimeoutMs: 0 }, /`moveTimeoutMs`/],
  ])('are rejected with the name of the option: %s', (_what, bad, message) => {
    expect(() => createMerge({ ...good, ...bad })).toThrow(message);
    expect(() => validateMergeSettings({ ...settings, ...bad })).toThrow(message);
  });

  it('are rejected when the consult room is the caller room', () => {
    const { callerRoom, callerIdentity, humanIdentity } = good;
    const alone = { callerRoom, callerIdentity, consultRoom: callerRoom, humanIdentity };
    expect(() => createMerge(alone)).toThrow(/`consultRoom` must not be the room the caller is in/);
  });

  it('may have a server with other names, such as the `info` of a job', () => {
    const info = { url: 'wss://example.test', apiKey: 'key', apiSecret: 'secret', token: 'token', workerId: 'AW_1' };
    expect(() => validateMergeSettings({ server: info })).not.toThrow();
  });
});

const at = (url: string): MergeOptions['server'] => ({ url, apiKey: 'key', apiSecret: 'secret' });

describe('the ways of merging under `auto`', () => {
  it.each<[string, Partial<MergeOptions>, { bridge: boolean; move: boolean }]>([
    ['LiveKit Cloud', { server: at('wss://project-1.livekit.cloud') }, { bridge: true, move: true }],
    [
      'LiveKit Cloud, with a port',
      { server: at('https://project-1.livekit.cloud:443/') },
      { bridge: true, move: true },
    ],
    ['a self-hosted server', { server: at('wss://livekit.example.com') }, { bridge: true, move: false }],
    [
      'a host that only begins alike',
      { server: at('wss://x.livekit.cloud.example.com') },
      { bridge: true, move: false },
    ],
    ['a host with a similar ending', { server: at('wss://notlivekit.cloud') }, { bridge: true, move: false }],
    [
      'a server that is said to move',
      { server: at('ws://10.0.0.1'), supportsMove: true },
      { bridge: true, move: true },
    ],
    [
      'LiveKit Cloud that is said not to move',
      { server: at('wss://p.livekit.cloud'), supportsMove: false },
      { bridge: true, move: false },
    ],
    ['no server', { supportsMove: true }, { bridge: true, move: false }],
    ['`strategy: move`', { server: at('ws://10.0.0.1'), strategy: 'move' }, { bridge: false, move: true }],
    ['`strategy: bridge`', { server: at('wss://p.livekit.cloud'), strategy: 'bridge' }, { bridge: true, move: false }],
  ])('with %s', (_where, options, ways) => {
    expect(completeSettings(options).ways).toEqual(ways);
  });
});
