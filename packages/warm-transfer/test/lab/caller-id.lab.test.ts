import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WarmTransfer } from '../../src/index.js';
import { accepts, connect, startCallCenter, startSession, vocabulary, voices } from '../support/call-center.js';

/** Of the caller in a call center. */
const callers = '+15550199';

let lab: PhoneLab;

beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(() => lab.close());

describe("a human agent's phone", () => {
  it("shows the caller's number where that is asked for", async () => {
    await using center = await startCallCenter(lab);
    const phone = center.phone(accepts);
    await using transfer = new WarmTransfer({ ...center.options, callerId: 'caller' });
    const { attempts, call } = await connect(transfer);
    expect(phone.calls.map(({ callerId }) => callerId)).toEqual([callers]);
    expect(attempts).toHaveLength(1);
    await call.hangUp();
  }, 60_000);

  it('is called once more with a number of the trunk when the network rejects that before it rings', async () => {
    await using center = await startCallCenter(lab);
    const phone = center.phone((call) => (call.callerId === callers ? call.reject(403) : accepts(call)));
    await using transfer = new WarmTransfer({ ...center.options, callerId: 'caller' });
    const { attempts, call, warnings } = await connect(transfer);
    expect(attempts).toMatchObject([
      { attemptId: '1', result: { status: 'trunk-rejected', sipStatusCode: 403 } },
      { attemptId: '2', callerId: 'trunk', sipCallTo: center.options.sipCallTo },
    ]);
    expect(warnings.map(String)).toEqual([expect.stringContaining('the caller ID was rejected (SIP 403)')]);
    const [first, second, ...others] = phone.calls;
    expect(others).toEqual([]);
    expect(second?.callerId).toBe(lab.trunkNumber);
    expect(second?.identity).not.toBe(first?.identity);
    expect(second?.roomName).not.toBe(first?.roomName);
    await call.hangUp();
  }, 60_000);

  it('is not called again when it rejects after it has rung', async () => {
    await using center = await startCallCenter(lab);
    const phone = center.phone(async (call) => {
      await call.ring(1_500);
      await call.reject(607);
    });
    await using transfer = new WarmTransfer({ ...center.options, callerId: 'caller' });
    expect(await transfer.run()).toMatchObject({ status: 'rejected', sipStatusCode: 607, warnings: [] });
    expect(phone.calls).toHaveLength(1);
  }, 60_000);

  it('shows a number of the trunk when the caller withholds theirs', async () => {
    const caller = await lab.call({ from: 'anonymous', roomName: 'withheld', voice: voices.caller, vocabulary });
    await using agent = await startSession(lab, 'withheld');
    await caller.connected();
    const phone = agent.phone((call) => call.reject(486));
    await using transfer = new WarmTransfer({ ...agent.options, callerId: 'caller' });
    expect(await transfer.run()).toMatchObject({ status: 'busy', attempts: [{ attemptId: '1' }] });
    expect(phone.calls.map(({ callerId }) => callerId)).toEqual([lab.trunkNumber]);
    await caller.hangUp();
  }, 60_000);
});
