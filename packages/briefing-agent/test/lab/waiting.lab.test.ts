import { llm } from '@livekit/agents';
import type { PhoneCall, PhoneLab } from '@org/phone-lab';
import { queueMusic } from '@org/phone-lab/tones';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { englishBriefing, type WaitKind } from '../../src/index.ts';
import { ScriptedLLM, ScriptedSTT } from '../../src/testing.ts';
import { Consult, type ConsultOptions } from '../support/fixture.ts';
import { AGENT_VOICE, GREETING, HUMAN_VOICE, openLab } from '../support/lab.ts';
import { until, untilSaid } from '../support/until.ts';

let lab: PhoneLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

const HEADLINE = 'Jane Doe is on the line about an invoice of March.';
const TOLD = `Hello, this is the assistant of Acme. ${HEADLINE} May I connect you?`;
// Without commas: a recognizer takes a pause for the end of an utterance.
const ANN = 'Ann speaking.';
const YES = 'Put her through.';
// Longer than 3 s: shorter ones hear the beginning of the introduction, until their words are known.
const MENU = 'For the support of our customers please press 2 now.';
const QUEUE = 'All of our agents are busy so please hold the line.';
const SCREENING = 'Please say your name and the reason for calling and wait.';

type Waits = (WaitKind | null)[];

/** A recognizer that is as late as a real one, and a model that always connects. */
function hearing(texts: readonly string[], waits: Waits, more: Partial<ConsultOptions> = {}): ConsultOptions {
  const chatCtx = llm.ChatContext.empty();
  chatCtx.addMessage({ role: 'user', content: 'I am Jane Doe, and my invoice of March is wrong.' });
  // A sentence of 3 s has gaps on a busy computer.
  const speech = { texts, mark: HUMAN_VOICE, endSilenceMs: 550 };
  const stt = new ScriptedSTT({ speech, finalDelayMs: 600, interimResults: true });
  const connects = new ScriptedLLM({ reply: () => ({ call: { name: 'connect_to_caller' } }), headline: HEADLINE });
  return {
    chatCtx,
    greeting: englishBriefing.sentences.greeting,
    names: { company: 'Acme' },
    onWaiting: (by) => void waits.push(by),
    ...more,
    models: { stt, llm: connects, ...more.models },
    // The silence alone would take longer than the test.
    limits: { speakAfterMs: 60_000, ...more.limits },
  };
}

const agentLines = ({ briefing }: Consult): readonly string[] =>
  briefing.transcript.filter(({ speaker }) => speaker === 'agent').map(({ text }) => text);

/** A person who takes the call, hears who is calling, and says yes. */
async function takeCall(call: PhoneCall, from: number): Promise<void> {
  await call.speak(ANN);
  await until(() => call.ear.firstHeardAt(AGENT_VOICE, { from }) !== undefined);
  await untilSaid(call, AGENT_VOICE);
  await call.speak(YES);
}

describe('a human agent', { timeout: 60_000 }, () => {
  it('behind a menu is reached by DTMF, and hears who is calling when they have spoken', async () => {
    const waits: Waits = [];
    const texts = [MENU, ANN, YES];
    const voicemail = { onDetected: { dtmf: '23' } };
    await using consult = await Consult.open(lab, hearing(texts, waits, { voicemail }));
    let spokenAt = Infinity;
    const call = await consult.brief(async (phone) => {
      await phone.answer();
      await phone.speak(MENU);
      await phone.waitForKey();
      await phone.waitForKey();
      await phone.play(queueMusic(1000, 8000), 8000);
      spokenAt = Date.now();
      await takeCall(phone, spokenAt);
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted', via: 'voice' });
    expect(agentLines(consult)).toEqual([TOLD]);
    expect(call.ear.heardMs(AGENT_VOICE, { to: spokenAt })).toBe(0);
    const [first, second] = call.keys;
    expect([first?.key, second?.key]).toEqual(['2', '3']);
    // The gateway takes 540 ms for a key.
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(450);
    expect(waits).toEqual(['menu', null]);
  });

  it('behind a queue with music and announcements hears nothing of the agent until they speak', async () => {
    const waits: Waits = [];
    const texts = [QUEUE, 'You are number two in line.', ANN, YES];
    await using consult = await Consult.open(lab, hearing(texts, waits));
    let spokenAt = Infinity;
    const call = await consult.brief(async (phone) => {
      await phone.answer();
      await phone.speak(QUEUE);
      await phone.play(queueMusic(1000, 8000), 8000);
      await phone.speak('You are number two in line.');
      await phone.play(queueMusic(2500, 8000), 8000);
      spokenAt = Date.now();
      await takeCall(phone, spokenAt);
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted', via: 'voice' });
    expect(agentLines(consult)).toEqual([TOLD]);
    expect(call.ear.heardMs(AGENT_VOICE, { to: spokenAt })).toBe(0);
    expect(waits).toEqual(['queue', null]);
  });

  it('behind a call screening hears who is calling when they have spoken; the screening does not', async () => {
    const waits: Waits = [];
    const texts = [SCREENING, 'Please stay on the line.', ANN, YES];
    await using consult = await Consult.open(lab, hearing(texts, waits));
    await consult.brief(async (phone) => {
      await phone.answer();
      await phone.speak(SCREENING);
      await untilSaid(phone, AGENT_VOICE);
      await phone.speak('Please stay on the line.');
      await phone.wait(2500);
      await takeCall(phone, Date.now());
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted', via: 'voice' });
    const answer =
      'Hello, this is the assistant of Acme. I have a caller on the line who would like to speak with you.';
    expect(agentLines(consult)).toEqual([answer, TOLD]);
    expect(waits).toEqual(['screening', null]);
  });

  it('behind a queue that a model takes for a voicemail is briefed with the greeting that the queue has heard', async () => {
    const waits: Waits = [];
    const texts = [QUEUE, ANN, YES];
    const calls = new ScriptedLLM({
      reply: ({ userText }) => ({
        call: { name: userText.endsWith(YES) ? 'connect_to_caller' : 'voicemail_detected' },
      }),
    });
    await using consult = await Consult.open(
      lab,
      hearing(texts, waits, { greeting: GREETING, models: { llm: calls } }),
    );
    await consult.brief(async (phone) => {
      await phone.answer();
      await untilSaid(phone, AGENT_VOICE);
      await phone.speak(QUEUE);
      await until(() => waits.length > 0);
      await phone.wait(2500);
      await takeCall(phone, Date.now());
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted', via: 'voice' });
    expect(agentLines(consult)).toEqual([GREETING, GREETING]);
    expect(waits).toEqual(['queue', null]);
  });

  it('behind a call screening that does not answer is not waited for beyond its limit', async () => {
    const waits: Waits = [];
    const texts = [SCREENING];
    await using consult = await Consult.open(lab, hearing(texts, waits, { limits: { screeningMs: 500 } }));
    await consult.brief(async (phone) => {
      await phone.answer();
      await phone.speak(SCREENING);
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'timed-out', limit: 'waiting' });
  });
});
