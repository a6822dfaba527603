import { Room } from '@livekit/rtc-node';
import { describe, expect, it } from 'vitest';
import { checkMergeOptions, createMerge } from '../src/index.ts';
import type { MergeOptions } from '../src/index.ts';

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

describe('options of a merge', () => {
  it('may be as they are meant', async () => {
    for (const gateway of ['sip:10.0.0.1', 'sips:gateway.example.test', 'sip:[::1]:5060;transport=udp']) {
      await createMerge({ ...good, promote: 'rejoin', rejoin: { gateway } }).close();
      checkMergeOptions({ ...settings, promote: 'rejoin', rejoin: { gateway } });
    }
  });

  it.each<[string, object, RegExp]>([
    ['a strategy that is none', { strategy: 'rejoin' }, /"strategy" must be 'auto', 'bridge' or 'move'/],
    ['a promotion that is none', { promote: 'move' }, /"promote" must be 'never' or 'rejoin'/],
    ['a promotion to nowhere', { promote: 'rejoin', rejoin: undefined }, /"rejoin" must be given/],
    ['a move without a server', { strategy: 'move', server: undefined, rejoin: undefined }, /"server" must be given/],
    ['a rejoin without a server', { server: undefined }, /"server" must be given/],
    ['a server of another protocol', { server: { ...good.server, url: 'ftp://x' } }, /"server\.url" must begin with/],
    ['a server without a secret', { server: { ...good.server, apiSecret: '' } }, /"server\.apiSecret"/],
    ['a gateway without a scheme', { rejoin: { gateway: 'gateway.example.test' } }, /"rejoin\.gateway"/],
    ['a gateway with a user', { rejoin: { gateway: 'sip:1234@gateway.example.test' } }, /"rejoin\.gateway"/],
    ['no time for the proof', { proofTimeoutMs: 0 }, /"proofTimeoutMs"/],
    ['half a second', { rejoin: { ...good.rejoin, timeoutMs: 1_500 } }, /"rejoin\.timeoutMs" must be whole seconds/],
    ['no time to move', { moveTimeoutMs: 0 }, /"moveTimeoutMs"/],
  ])('are refused with the option named: %s', (_what, bad, message) => {
    expect(() => createMerge({ ...good, ...bad })).toThrow(message);
    expect(() => checkMergeOptions({ ...settings, ...bad })).toThrow(message);
  });

  it('are refused where the consult room is the room the caller is in', () => {
    const { callerRoom, callerIdentity, humanIdentity } = good;
    const alone = { callerRoom, callerIdentity, consultRoom: callerRoom, humanIdentity };
    expect(() => createMerge(alone)).toThrow(/"?consultRoom"? must not be the room the caller is in/);
  });
});
