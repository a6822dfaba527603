import { ScriptedLLM, ScriptedSTT, ScriptedTTS } from '@org/briefing-agent/testing';
import { type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WarmTransfer } from '../../src/index.js';
import {
  accepts,
  type CallCenter,
  connect,
  hearOut,
  ofItsOwn,
  startCallCenter,
  vocabulary,
  voices,
} from '../support/call-center.js';
import { declineOnceHeard, declineWith, LimitedSTT, refusal } from '../support/failing-models.js';
import { StarvingSTT } from '../support/starving-stt.js';

let lab: PhoneLab;
beforeAll(async () => {
  lab = await startPhoneLab();
});
afterAll(() => lab.close());

describe('a caller whose session is closed', () => {
  it('is hung up on when the line of the human agent is lost, and the outcome of the call says so', async () => {
    await using center = await startCallCenter(lab);
    const human = center.phone(accepts);
    await using transfer = new WarmTransfer(center.options);
    const { call, warnings } = await connect(transfer);
    await center.session.close();
    const line = await human.nextCall();
    await line.waitToHear(voices.caller);
    await line.line.lose('removed');
    expect(await call.ended).toMatchObject({ by: 'line', caller: 'hung-up' });
    await center.caller.finished;
    expect(warnings).toEqual([
      expect.objectContaining({ message: 'the caller cannot be returned to the AI: its session is closed' }),
    ]);
  }, 60_000);

  it('is cold-transferred instead with `onSessionClosed`', async () => {
    await using center = await startCallCenter(lab);
    const { caller, session, options } = center;
    caller.onRefer({ notify: 200 });
    const human = center.phone(accepts);
    await using transfer = new WarmTransfer({ ...options, onSessionClosed: { coldTransferTo: '+15550300' } });
    const { call } = await connect(transfer);
    await session.close();
    await (await human.nextCall()).line.lose('removed');
    expect(await call.ended).toMatchObject({ by: 'line', caller: 'cold-transferred' });
    expect(caller.refers.map(({ number }) => number)).toEqual(['+15550300']);
  }, 60_000);

  it('has the transfer canceled that rings, and is not left in silence', async () => {
    await using center = await startCallCenter(lab);
    const human = center.phone((call) => call.neverAnswer());
    await using transfer = new WarmTransfer(center.options);
    const running = transfer.run();
    const call = await human.nextCall();
    await center.session.close();
    expect(await running).toMatchObject({
      status: 'aborted',
      cause: new Error('the session of the caller is closing'),
      caller: 'hung-up',
    });
    await Promise.all([call.untilEnded(), center.caller.finished]);
  }, 60_000);
});

/** Some twelve seconds of speech, and as much behind it. */
const LONG = 'While we wait, let me tell you how our warehouse sorts a parcel, from the ramp to the shelf. '.repeat(6);

it('the AI is cut off in the middle of a sentence, with what it was to say next, when the hold begins with the accept', async () => {
  await using center = await startCallCenter(lab);
  const { caller, session, options } = center;
  const human = center.phone(async (call) => {
    await call.ring(1500);
    await call.answer();
    call.tone();
    await call.waitToHear(voices.briefing);
    // By then the merge is prepared.
    await call.wait(1000);
    await call.press('1');
  });
  // The AI of the caller must be distinguished from the briefing, which the human agent does hear.
  await using transfer = new WarmTransfer({ ...options, ...ofItsOwn(), holdCallerOn: 'accept' });
  const sentences = [session.say(LONG), session.say(LONG, { allowInterruptions: false })];
  const running = connect(transfer);
  await caller.waitToHear(voices.agent);
  const { call } = await running;
  const from = Date.now() + 500;
  await caller.wait(2500);
  expect(caller.ear.heardMs(voices.agent, { from })).toBe(0);
  expect(caller.ear.heard(voices.human, { from })).toBe(true);
  expect((await human.nextCall()).ear.heard(voices.agent)).toBe(false);
  expect(sentences.map(({ interrupted }) => interrupted)).toEqual([true, true]);
  await call.hangUp();
}, 60_000);

describe('the session of a caller, whose models the consult shares,', () => {
  it('lives on, and hears of nothing, when a stream of its recognizer is rejected with 429', async () => {
    const stt = new LimitedSTT('is refused with 429');
    const { outcome, heard, isAnswered } = await declineWith(lab, { stt }, declineOnceHeard(voices.agent));
    expect(outcome).toMatchObject({ status: 'declined', caller: 'returned' });
    expect(isAnswered).toBe(true);
    // Of its own voice only, when the caller is back.
    expect(heard.filter((what) => what !== 'tts_metrics')).toEqual([]);
    expect(heard.length).toBeLessThanOrEqual(1);
  }, 60_000);

  it('lives on when its voice fails to announce, five times', async () => {
    const tts = new ScriptedTTS({ frequency: voices.agent, fails: refusal() });
    const { outcome, isAnswered, heard } = await declineWith(lab, { tts }, declineOnceHeard(voices.briefing), {
      // For the shared one says nothing.
      ...ofItsOwn(),
      phaseAnnouncements: { dialing: 'One.', ringing: 'Two.', briefing: 'Three.' },
      holdAnnouncements: { items: [{ text: 'Please wait.' }], intervalMs: 1000, firstAfterMs: 0 },
    });
    expect(outcome).toMatchObject({ status: 'declined' });
    expect(outcome.warnings.length).toBeGreaterThan(3);
    expect(isAnswered).toBe(true);
    // That of the one sentence of its own.
    expect(heard.filter((what) => Object(what).type === 'tts_error')).toHaveLength(1);
  }, 60_000);
});

/** Without audio for this long a stream fails, as those of providers do after some ten seconds. */
const LIMIT_MS = 2500;
const LONGER_MS = 1.4 * LIMIT_MS;

const starving = (): StarvingSTT => new StarvingSTT(new ScriptedSTT({ words: vocabulary }), LIMIT_MS);

/** Accepts in the briefing what is said there, and answers the caller. */
const llm = (): ScriptedLLM =>
  new ScriptedLLM({
    reply: ({ toolNames, toolResult }) => {
      if (toolResult !== undefined) return undefined;
      return toolNames.includes('connect_to_caller')
        ? { call: { name: 'connect_to_caller' } }
        : { say: 'I hear you again.' };
    },
  });

/** The AI answers what the caller says. */
async function expectToBeHeard({ caller }: CallCenter): Promise<void> {
  const from = Date.now();
  await caller.say('yes');
  caller.tone();
  await caller.waitToHear(voices.agent, { timeoutMs: 10_000 });
  expect(caller.ear.firstHeardAt(voices.agent)).toBeGreaterThan(from);
}

describe('a recognizer whose streams fail when they get no audio', () => {
  it('hears the caller again after a hold that is longer than it waits', async () => {
    const stt = starving();
    await using center = await startCallCenter(lab, { stt, llm: llm() });
    center.phone(async (call) => {
      await call.ring(LONGER_MS);
      await call.reject(486);
    });
    await using transfer = new WarmTransfer(center.options);
    expect(await transfer.run()).toMatchObject({ status: 'busy', caller: 'returned', warnings: [] });
    await expectToBeHeard(center);
    expect(stt.starved).toBe(0);
  }, 60_000);

  it('hears the caller again after a call that is longer than it waits', async () => {
    const stt = starving();
    await using center = await startCallCenter(lab, { stt, llm: llm() });
    const human = center.phone(async (phone) => {
      await phone.ring(LONGER_MS);
      await phone.answer();
      await hearOut(phone);
      // The briefing, which shares it, has not fallen back to keys.
      await phone.say('yes');
    });
    await using transfer = new WarmTransfer(center.options);
    const { call } = await connect(transfer);
    const line = await human.nextCall();
    await line.wait(LONGER_MS);
    await line.line.lose('removed');
    expect(await call.ended).toMatchObject({ by: 'line', caller: 'returned' });
    await expectToBeHeard(center);
    expect(stt.starved).toBe(0);
  }, 60_000);
});
