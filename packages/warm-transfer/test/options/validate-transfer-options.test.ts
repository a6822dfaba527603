import { initializeLogger } from '@livekit/agents';
import { describe, expect, it } from 'vitest';
import { validateTransferOptions } from '../../src/options/validate-transfer-options.js';
import { resolveCallSettings } from '../../src/options/resolve-call-settings.js';
import { WarmTransferTask } from '../../src/index.js';
import { defaultLimits, resolveLimits } from '../../src/options/limits.js';

const sipCallTo = '+15550142';
const sipConnection = { hostname: 'sip.example.com' };
const environment = { LIVEKIT_SIP_OUTBOUND_TRUNK: 'ST_environment', LIVEKIT_SIP_NUMBER: '+15550100' };

describe('how the call is placed', () => {
  it('takes trunk and number from the environment when nothing is given', () => {
    expect(resolveCallSettings({}, { sipCallTo }, environment)).toMatchObject({
      to: sipCallTo,
      trunkId: 'ST_environment',
      callerId: '+15550100',
    });
  });

  it('prefers what is given to the environment', () => {
    expect(
      resolveCallSettings({ sipTrunkId: 'ST_given', sipNumber: '+15550111' }, { sipCallTo }, environment),
    ).toMatchObject({
      trunkId: 'ST_given',
      callerId: '+15550111',
    });
  });

  it('prefers a connection given with the call to the trunk of the environment', () => {
    const settings = resolveCallSettings({ sipConnection, sipTrunkId: null }, { sipCallTo }, environment);
    expect(settings).toMatchObject({ connection: sipConnection });
    expect(settings.trunkId).toBeUndefined();
  });

  it('takes no trunk for `null` and no number for an empty string, not those of the environment either', () => {
    const refused = (): unknown => resolveCallSettings({ sipTrunkId: null }, { sipCallTo }, environment);
    expect(refused).toThrow('`sipTrunkId` is missing');
    const options = { sipTrunkId: 'ST_given', sipNumber: '' };
    expect(resolveCallSettings(options, { sipCallTo }, environment).callerId).toBeUndefined();
    expect(resolveCallSettings({ sipTrunkId: 'ST_given' }, { sipCallTo }, environment).callerId).toBeDefined();
  });

  it('takes from a target what it says itself, and the rest from the options', () => {
    const options = { sipTrunkId: 'ST_common', ringingTimeout: 20_000, dtmf: '1' };
    expect(resolveCallSettings(options, { sipCallTo, sipConnection, ringingTimeout: 5_000, dtmf: null }, {})).toEqual({
      to: sipCallTo,
      connection: sipConnection,
      ringingTimeoutMs: 5_000,
      hidePhoneNumber: true,
    });
    expect(resolveCallSettings({ ...options, hidePhoneNumber: false }, { sipCallTo }, {})).toEqual({
      to: sipCallTo,
      trunkId: 'ST_common',
      ringingTimeoutMs: 20_000,
      hidePhoneNumber: false,
      dtmf: '1',
    });
  });

  it.each([
    [{ sipTrunkId: 'ST_given', sipConnection }, {}, 'not both'],
    [{}, {}, 'sipTrunkId`, `sipConnection`, or LIVEKIT_SIP_OUTBOUND_TRUNK'],
    [{}, { LIVEKIT_SIP_OUTBOUND_TRUNK: '' }, 'LIVEKIT_SIP_OUTBOUND_TRUNK'],
  ])('rejects %j with %j, and says why', (options, env, message) => {
    expect(() => resolveCallSettings(options, { sipCallTo }, env)).toThrow(message);
    expect(() => resolveCallSettings(options, { sipCallTo }, env)).toThrow(
      expect.objectContaining({ code: 'invalid-option' }),
    );
  });
});

describe('options that transfer and task reject', () => {
  const closedDay = { timeZone: 'Europe/Berlin', week: { someday: ['09:00', '17:00'] } };

  it.each<[object, string]>([
    [{ sipCallTo: '' }, 'sipCallTo'],
    [{ sipCallTo, sipTrunkId: '' }, '`sipTrunkId`'],
    [{ sipCallTo, ringingTimeout: 30 }, '`ringingTimeout` must be null or a number of milliseconds from 1000'],
    [{ sipCallTo, limits: { briefingMs: '60000' } }, '`limits.briefingMs` must be a number of milliseconds'],
    [{ sipCallTo, limits: { totalMs: 1e12 } }, '`limits.totalMs` must be a number of milliseconds'],
    [{ sipCallTo, limits: { breifingMs: 1 } }, '`limits.breifingMs` is unknown; did you mean `limits.briefingMs`?'],
    [{ sipCallTo, sipHeaders: { Via: 'x' } }, '`sipHeaders` must be free of core headers'],
    [{ targets: [{ sipCallTo, sipHeaders: { Via: 'x' } }] }, '`targets[0].sipHeaders` must be free of core headers'],
    [{ sipCallTo, briefing: { limits: { totalMs: '60000' } } }, '`briefing.limits.totalMs`'],
    [{ sipCallTo, merge: { promote: 'rejoin' } }, '`merge.rejoin`'],
    [{ sipCallTo, holdAudio: 5 }, '`holdAudio`'],
    [{}, 'give one of `sipCallTo`, `targets` and `department`'],
    [{ sipCallTo, targets: [sipCallTo] }, 'not both'],
    [{ sipCallTo, department: 'billing', departments: { billing: sipCallTo } }, 'not two'],
    [{ department: 'billing' }, '`department` needs `departments`'],
    [{ targets: [] }, '`targets` must not be empty'],
    [{ targets: [sipCallTo, ' '] }, '`targets[1]`'],
    [{ targets: [sipCallTo, sipCallTo] }, '`targets[1]` is in the list twice'],
    [{ targets: [sipCallTo, 'tel:+1-555-0142'] }, '`targets[1]` is in the list twice'],
    [{ targets: 42 }, '`targets` must be'],
    [{ targets: { ringAll: [sipCallTo], winner: 'first' } }, '`targets.winner`'],
    [{ targets: { stages: [{ targets: sipCallTo, nextAfterMs: 0 }] } }, '`targets.stages[0].nextAfterMs`'],
    [{ sipCallTo, departments: { billing: { targets: [''] } } }, '`departments.billing.targets[0]`'],
    [{ sipCallTo, openingHours: { timeZone: 'Mars/Olympus', week: {} } }, '`openingHours.timeZone`'],
    [{ sipCallTo, openingHours: closedDay }, '`openingHours.week.someday` is unknown'],
    [{ sipCallTo, openingHours: { ...closedDay, week: { monday: ['9', '17'] } } }, '`openingHours.week.monday`'],
    [{ sipCallTo, openingHours: { ...closedDay, week: {}, closedOn: ['1 May'] } }, '`openingHours.closedOn[0]`'],
    [{ sipCallTo, isOpen: true }, '`isOpen`'],
    [{ sipCallTo, roomName: '' }, 'roomName'],
    [{ sipCallTo, maxAttempts: 0 }, '`maxAttempts`'],
    [{ sipCallTo, holdCallerOn: 'never' }, '`holdCallerOn`'],
    [{ sipCallTo, cancelKey: '12' }, '`cancelKey`'],
    [{ sipCallTo, cancelKey: 5 }, '`cancelKey` must be one key of 0-9 * # A-D, as a string, not 5'],
    [{ sipCallTo, comfortMessage: { text: 'Please wait.', intervalMs: '2000' } }, '`comfortMessage.intervalMs`'],
    [{ targets: { stages: [{ targets: sipCallTo, nextAfterMs: '5000' }] } }, '`targets.stages[0].nextAfterMs`'],
    [{ sipCallTo, afterConnect: { onLineLost: 'retry' } }, '`afterConnect.onLineLost`'],
    [{ sipCallTo, afterConnect: { onCallerHangUp: 'return' } }, '`afterConnect.onCallerHangUp`'],
    [{ sipCallTo, onSessionClosed: 'return' }, "`onSessionClosed` must be 'hang-up', not"],
    [{ sipCallTo, onSessionClosed: { coldTransferTo: 'x y' } }, '`onSessionClosed.coldTransferTo`'],
    [{ sipCallTo, policy: { bussy: 'return' } }, '`policy.bussy`'],
    [{ sipCallTo, policy: { busy: 'retry' } }, '`policy.busy`'],
    [{ sipCallTo, policy: { busy: ['next-target', { coldTransfer: '' }] } }, '`policy.busy[1].coldTransfer`'],
  ])('rejects %j, and names the option', (options, message) => {
    const check = (): unknown => validateTransferOptions({ sipTrunkId: 'ST_1', ...options });
    expect(check).toThrow(message);
    expect(check).toThrow(expect.objectContaining({ code: 'invalid-option' }));
  });
});

describe('the task', () => {
  it('does not let the AI keep the caller, whom the task holds from its start', () => {
    initializeLogger({ pretty: false, level: 'error' });
    const options = { sipCallTo, sipTrunkId: 'ST_given' };
    expect(() => new WarmTransferTask({ ...options, holdCallerOn: 'accept' })).toThrow(
      '`holdCallerOn` must be dial here',
    );
    expect(() => new WarmTransferTask({ ...options, holdCallerOn: 'dial' })).not.toThrow();
  });
});

describe('limits', () => {
  it('leave the dial its ringing time', () => {
    expect(resolveLimits({}, { ringingTimeoutMs: 80_000 })).toEqual({
      ...defaultLimits,
      dialingMs: 95_000,
      coldTransferringMs: 95_000,
    });
    expect(resolveLimits({ briefingMs: undefined } as object)).toEqual(defaultLimits);
    expect(resolveLimits()).toEqual(defaultLimits);
    // A minute of waiting and a PIN: no human agent who has answered is hung up on in the midst of their keys.
    expect(resolveLimits({}, { dtmf: `${'w'.repeat(120)}1234#` }).dialingMs).toBeGreaterThan(45_000 + 60_000 + 2500);
    expect(resolveLimits({ dialingMs: 20_000 }, { ringingTimeoutMs: 80_000 }).dialingMs).toBe(20_000);
  });
});
