import { describe, expect, it } from 'vitest';
import { checkCallSettings } from '../src/check-options.js';
import { defaultLimits, resolveLimits } from '../src/limits.js';

const sipCallTo = '+15550142';
const sipConnection = { hostname: 'sip.example.com' };
const environment = { LIVEKIT_SIP_OUTBOUND_TRUNK: 'ST_environment', LIVEKIT_SIP_NUMBER: '+15550100' };

describe('how the call is placed', () => {
  it('takes trunk and number from the environment when nothing is given', () => {
    expect(checkCallSettings({ sipCallTo }, environment)).toMatchObject({
      to: sipCallTo,
      trunkId: 'ST_environment',
      callerId: '+15550100',
    });
  });

  it('prefers what is given to the environment', () => {
    expect(checkCallSettings({ sipCallTo, sipTrunkId: 'ST_given', sipNumber: '+15550111' }, environment)).toMatchObject(
      {
        trunkId: 'ST_given',
        callerId: '+15550111',
      },
    );
  });

  it('prefers a connection given with the call to the trunk of the environment', () => {
    const settings = checkCallSettings({ sipCallTo, sipConnection, sipTrunkId: null }, environment);
    expect(settings).toMatchObject({ connection: sipConnection });
    expect(settings.trunkId).toBeUndefined();
  });

  it.each([
    [{ sipCallTo: '' }, environment, 'sipCallTo'],
    [{ sipCallTo, sipTrunkId: 'ST_given', sipConnection }, {}, 'not both'],
    [{ sipCallTo }, {}, 'sipTrunkId`, `sipConnection`, or LIVEKIT_SIP_OUTBOUND_TRUNK'],
    [{ sipCallTo }, { LIVEKIT_SIP_OUTBOUND_TRUNK: '' }, 'LIVEKIT_SIP_OUTBOUND_TRUNK'],
    [{ sipCallTo, sipTrunkId: '' }, environment, 'sipTrunkId'],
    [{ sipCallTo, ringingTimeout: 30 }, environment, '`ringingTimeout` is in milliseconds'],
    [{ sipCallTo, ringingTimeout: Number.NaN }, environment, '`ringingTimeout` is in milliseconds'],
    [{ sipCallTo, roomName: '' }, environment, 'roomName'],
  ])('refuses %j with %j, and says why', (options, env, message) => {
    expect(() => checkCallSettings(options, env)).toThrow(message);
    expect(() => checkCallSettings(options, env)).toThrow(expect.objectContaining({ code: 'invalid-option' }));
  });
});

describe('limits', () => {
  it('leave the dial its ringing time', () => {
    expect(resolveLimits({}, 80_000)).toEqual({ ...defaultLimits, dialingMs: 95_000 });
    expect(resolveLimits({ dialingMs: 20_000 }, 80_000).dialingMs).toBe(20_000);
  });

  it.each([[{ briefingMs: 0 }], [{ briefingMs: Number.NaN }], [{ mergingMs: -1 }]])('refuse %j by name', (given) => {
    expect(() => resolveLimits(given)).toThrow(`limits.${Object.keys(given)[0]}`);
  });

  it('refuse a name that they do not have', () => {
    expect(() => resolveLimits({ breifingMs: 1 } as object)).toThrow('limits.breifingMs is unknown');
  });
});
