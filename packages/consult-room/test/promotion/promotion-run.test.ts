import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { promoting, ruleId } from '../support/promotion-without-media.ts';

const active = { 'sip.ruleID': ruleId, 'sip.callStatus': 'active' };

/** The server makes a trunk and a rule within a few turns. */
const numberMadeMs = 5;

const gaveUp = (): Error => Object.assign(new Error('deadline exceeded'), { status: 408, code: 'deadline_exceeded' });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a promotion', () => {
  it('tells no phone to call that is not to be promoted any more when the number is made', async () => {
    const aborted = promoting();
    aborted.abort.abort();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await aborted.result).toEqual({ promoted: false, reason: 'aborted' });
    const gone = promoting();
    gone.endOldLine();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await gone.result).toEqual({ promoted: false, reason: 'human-left' });
    for (const { sip } of [aborted, gone]) {
      expect(sip.transfers).toEqual([]);
      expect(await sip.listSipDispatchRule()).toEqual([]);
      expect(await sip.listSipInboundTrunk()).toEqual([]);
    }
  });

  it('keeps a phone that calls just after the gateway has given it up, and whose old line ends by that', async () => {
    const { result, callerRoom, endOldLine } = promoting((sip) => sip.failNext('transferSipParticipant', gaveUp()));
    await vi.advanceTimersByTimeAsync(100);
    callerRoom.join('phone', active);
    await vi.advanceTimersByTimeAsync(100);
    endOldLine();
    await vi.advanceTimersByTimeAsync(4_000);
    expect(await result).toMatchObject({ promoted: true, humanIdentity: 'phone' });
  });

  it('keeps a phone that calls just after it was aborted', async () => {
    const { result, callerRoom, abort, endOldLine } = promoting((sip) =>
      sip.failNext('transferSipParticipant', 'hang'),
    );
    await vi.advanceTimersByTimeAsync(numberMadeMs);
    abort.abort();
    await vi.advanceTimersByTimeAsync(100);
    callerRoom.join('phone', active);
    endOldLine();
    await vi.advanceTimersByTimeAsync(4_000);
    expect(await result).toMatchObject({ promoted: true, humanIdentity: 'phone' });
  });

  it('takes a line whose attributes come after it for no conflict', async () => {
    const { result, callerRoom, endOldLine } = promoting();
    await vi.advanceTimersByTimeAsync(numberMadeMs);
    callerRoom.join('phone', { 'sip.callStatus': 'ringing' });
    callerRoom.setAttributes('phone', active);
    endOldLine();
    await vi.advanceTimersByTimeAsync(4_000);
    expect(await result).toMatchObject({ promoted: true, humanIdentity: 'phone' });
  });

  it('holds the old line while a new one is active, and no longer when that stays silent or the call is over', async () => {
    const { result, callerRoom, callOver, people, held } = promoting((sip) =>
      sip.failNext('transferSipParticipant', 'hang'),
    );
    await vi.advanceTimersByTimeAsync(numberMadeMs);
    people.addParticipant('main', { identity: 'phone', kind: 3 });
    callerRoom.join('phone', active);
    expect(held()).toBe('human');
    await vi.advanceTimersByTimeAsync(200);
    expect(held()).toBe('nobody');
    callOver.abort();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await result).toEqual({ promoted: false, reason: 'ended' });
    expect(await people.listParticipants('main')).toMatchObject([{ identity: 'caller' }]);
  });
});
