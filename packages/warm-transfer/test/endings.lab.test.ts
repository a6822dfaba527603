import { ScriptedLLM } from '@org/briefing-agent/testing';
import { type PhoneLab, type PhoneScript, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WarmTransfer, WarmTransferTask, WarmTransferToolError } from '../src/index.js';
import { joinFromBrowser } from './browser-caller.js';
import { startCallCenter, startSession, voices } from './call-center.js';
import { LabJob } from './drop-in/job.js';
import { entry } from './drop-in/program.js';
import { newProgram, supervisor, words } from './drop-in/new-program.js';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(() => lab.close());

const accepts: PhoneScript = async (call) => {
  await call.answer();
  call.tone();
  await call.waitToHear(voices.briefing);
  await call.press('1');
};

it('a transfer in a tool is canceled when its session closes: the phone stops ringing, the caller is hung up on, and nothing waits for it', async () => {
  const { program, told } = newProgram();
  vi.stubEnv('LIVEKIT_SIP_OUTBOUND_TRUNK', lab.trunkId);
  const roomName = 'closed-while-it-rings';
  const caller = await lab.call({ from: '+15550199', roomName, voice: voices.caller, vocabulary: words });
  await using job = await LabJob.start(lab, roomName, (ctx) => entry(ctx, program));
  const human = lab.phone(supervisor, (call) => call.neverAnswer());
  await caller.connected();
  await caller.waitToHear(voices.agent, { forMs: 200 });
  await caller.say('person');
  const call = await human.nextCall();
  const since = Date.now();
  await job.session.close();
  const error = await told;
  expect(error).toBeInstanceOf(WarmTransferToolError);
  expect(error).toMatchObject({ outcome: { status: 'aborted' } });
  await Promise.all([call.untilEnded(), caller.finished]);
  expect(Date.now() - since).toBeLessThan(10_000);
  vi.unstubAllEnvs();
}, 60_000);

it.concurrent('a caller who types on hold, or to the human agent, reaches no model', async () => {
  const roomName = 'typing-room';
  await using browser = await joinFromBrowser(lab, roomName, 'browser', voices.caller);
  const model = new ScriptedLLM({ reply: () => ({ say: 'I am here.' }) });
  await using center = await startSession(lab, roomName, model);
  const human = center.phone(accepts);
  await using transfer = new WarmTransfer({
    ...center.options,
    onPhase: ({ phase }) => void (['dialing', 'briefing', 'merging'].includes(phase) && browser.type('are you there?')),
  });
  const outcome = await transfer.run();
  if (outcome.status !== 'connected') throw new Error(outcome.toSpeech());
  const [call] = human.calls;
  await browser.type('and now?');
  await call?.waitToHear(voices.caller);
  expect(model.turns).toEqual([]);
  await call?.line.lose('removed');
  await outcome.call.ended;
  await browser.type('what about my order?');
  await vi.waitFor(() => expect(model.turns.map(({ userText }) => userText)).toEqual(['what about my order?']), {
    timeout: 5000,
  });
}, 60_000);

describe.concurrent('what a program is told', () => {
  it('of a briefing that the caller ends holds what was said until then', async () => {
    await using center = await startCallCenter(lab);
    center.phone(async (call) => {
      await call.answer();
      await call.waitToHear(voices.briefing, { forMs: 300 });
      await call.wait(1500);
      await center.caller.hangUp();
    });
    await using transfer = new WarmTransfer(center.options);
    const outcome = await transfer.run();
    expect(outcome).toMatchObject({ status: 'caller-left' });
    expect(outcome.transcript).toEqual([{ speaker: 'agent', text: center.options.greetingSpeech }]);
  }, 60_000);

  it('of a job that is gone is not that the caller hung up', async () => {
    await using center = await startCallCenter(lab);
    const human = center.phone((call) => call.neverAnswer());
    await using transfer = new WarmTransfer(center.options);
    const running = transfer.run();
    await human.nextCall();
    await center.options.room?.disconnect();
    expect(await running).toMatchObject({ status: 'aborted', caller: 'left' });
  }, 60_000);
});

it.concurrent('the AI hears whoever comes back after it hung up on them', async () => {
  await using center = await startCallCenter(lab);
  const human = center.phone(accepts);
  await using transfer = new WarmTransfer(center.options);
  const outcome = await transfer.run();
  if (outcome.status !== 'connected') throw new Error(outcome.toSpeech());
  await (await human.nextCall()).hangUp();
  expect(await outcome.call.ended).toMatchObject({ by: 'human', caller: 'hung-up' });
  await vi.waitFor(() => expect(center.session.input.audioEnabled).toBe(true), { timeout: 5000 });
}, 60_000);

describe('at the door', () => {
  it.each([
    [{ onJobEnd: { coldTransferTo: 'the front desk' } }, 'onJobEnd.coldTransferTo'],
    [{ policy: { busy: { coldTransfer: '+1 555 0100' } } }, 'policy.busy'],
    [{ policy: { busy: { redirect: 'frontdesk' } } }, 'there are no `departments`'],
  ] as const)('is refused where nobody can be sent: %j', (wrong, named) => {
    const options = { sipCallTo: supervisor, sipTrunkId: 'ST_1', ...wrong };
    expect(() => new WarmTransferTask(options)).toThrow(named);
  });
});
