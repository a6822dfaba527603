import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { promoting, ruleId } from '../support/promotion-without-media.ts';

const active = { 'sip.ruleID': ruleId, 'sip.callStatus': 'active' };

/** The time in which the server creates a trunk and a rule. */
const numberMadeMs = 5;

const gaveUp = (): Error => Object.assign(new Error('deadline exceeded'), { status: 408, code: 'deadline_exceeded' });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a promotion', () => {
  it('asks no phone to call when the promotion was canceled before the number was created', async () => {
    const aborted = promoting();
    aborted.abort.abort();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await aborted.result).toEqual({ promoted: false, reason: 'aborted' });
    const gone = promoting();
    gone.endOldLeg();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await gone.result).toEqual({ promoted: false, reason: 'human-left' });
    for (const { sip } of [aborted, gone]) {
      expect(sip.transfers).toEqual([]);
      expect(await sip.listSipDispatchRule()).toEqual([]);
      expect(await sip.listSipInboundTrunk()).toEqual([]);
    }
  });

  it('keeps a phone that calls just after the gateway has abandoned the transfer, and whose old leg ends by the call', async () => {
    const { result, callerRoom, endOldLeg } = promoting((sip) => sip.failNext('transferSipParticipant', gaveUp()));
    await vi.advanceTimersByTimeAsync(100);
    callerRoom.join('phone', active);
    await vi.advanceTimersByTimeAsync(100);
    endOldLeg();
    await vi.advanceTimersByTimeAsync(4_000);
    expect(await result).toMatchObject({ promoted: true, humanIdentity: 'phone' });
  });

  it('keeps a phone that calls just after it was aborted', async () => {
    const { result, callerRoom, abort, endOldLeg } = promoting((sip) => sip.failNext('transferSipParticipant', 'hang'));
    await vi.advanceTimersByTimeAsync(numberMadeMs);
    abort.abort();
    await vi.advanceTimersByTimeAsync(100);
    callerRoom.join('phone', active);
    endOldLeg();
    await vi.advanceTimersByTimeAsync(4_000);
    expect(await result).toMatchObject({ promoted: true, humanIdentity: 'phone' });
  });

  it('does not mistake a leg whose attributes arrive later for a conflict', async () => {
    const { result, callerRoom, endOldLeg } = promoting();
    await vi.advanceTimersByTimeAsync(numberMadeMs);
    callerRoom.join('phone', { 'sip.callStatus': 'ringing' });
    callerRoom.setAttributes('phone', active);
    endOldLeg();
    await vi.advanceTimersByTimeAsync(4_000);
    expect(await result).toMatchObject({ promoted: true, humanIdentity: 'phone' });
  });

  it('silences the old leg while a new one is active, until that stays silent or the call ends', async () => {
    const { result, callerRoom, callEnded, participants, silenced } = promoting((sip) =>
      sip.failNext('transferSipParticipant', 'hang'),
    );
    await vi.advanceTimersByTimeAsync(numberMadeMs);
    participants.addParticipant('main', { identity: 'phone', kind: 3 });
    callerRoom.join('phone', active);
    expect(silenced()).toBe('human');
    await vi.advanceTimersByTimeAsync(200);
    expect(silenced()).toBe('none');
    callEnded.abort();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await result).toEqual({ promoted: false, reason: 'ended' });
    expect(await participants.listParticipants('main')).toMatchObject([{ identity: 'caller' }]);
  });
});
