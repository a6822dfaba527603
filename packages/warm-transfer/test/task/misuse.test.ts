import { initializeLogger } from '@livekit/agents';
import { describe, expect, it } from 'vitest';
import { createWarmTransferTask, WarmTransferError, WarmTransferTask } from '../../src/index.js';

initializeLogger({ pretty: false, level: 'error' });

const options = { sipCallTo: '+15550142', sipTrunkId: 'ST_1' };

describe('a task that cannot work is rejected by the constructor', () => {
  it.each<[object | undefined, string]>([
    [undefined, 'give one of `sipCallTo`'],
    [{ sipCallTo: '' }, '`sipCallTo`'],
    [{ sipCallTo: '+15550142' }, 'LIVEKIT_SIP_OUTBOUND_TRUNK'],
    [{ ...options, transferTo: '+1' }, '`transferTo`'],
    [{ sipCallTo: '+15550142', sipTrunkId: null }, '`sipTrunkId` is missing'],
    [{ ...options, ringingTimeout: 30 }, '`ringingTimeout` must be null or a number of milliseconds'],
    [{ ...options, roomName: '' }, '`roomName`'],
    [{ ...options, holdCallerOn: 'answer' }, '`holdCallerOn` must be dial here'],
    [{ ...options, onJobEnd: 'wait' }, "`onJobEnd` must be one of 'leave', 'hang-up'"],
    [{ ...options, onJobEnd: { coldTransferTo: ' ' } }, '`onJobEnd.coldTransferTo`'],
    [{ ...options, onJobEnd: null }, '`onJobEnd`'],
    [{ ...options, onJobEnd: { coldTransferTo: 'the front desk' } }, 'onJobEnd.coldTransferTo'],
    [{ ...options, policy: { busy: { coldTransfer: '+1 555 DESK' } } }, 'policy.busy'],
    [{ ...options, policy: { busy: { redirect: 'frontdesk' } } }, 'there are no `departments`'],
  ])('%j, with the option named', (given, message) => {
    const make = (): unknown => createWarmTransferTask(given);
    expect(make).toThrow(message);
    expect(make).toThrow(expect.objectContaining({ code: 'invalid-option' }));
  });
});

describe('a task that is awaited outside of tools', () => {
  it('is rejected with what to do, and cannot be run again', async () => {
    const task = new WarmTransferTask(options);
    const running = task.run();
    await expect(running).rejects.toThrow('inside a tool or in `onEnter` of the agent that talks to the caller');
    await expect(running).rejects.toSatisfy((error) => WarmTransferError.isInstance(error));
    await expect(task.run()).rejects.toMatchObject({ code: 'already-started' });
  });
});
