import { llm } from '@livekit/agents';
import type { PhoneLab } from '@org/phone-lab';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BriefingVoicemailOptions } from '../../src/index.ts';
import { ScriptedLLM, ScriptedSTT, toneFrames } from '../../src/testing.ts';
import { compliant } from '../support/compliant-llm.ts';
import { connectsAnything, Consult, plainModel } from '../support/fixture.ts';
import { AGENT_VOICE, agentTts, ENDLESS, GREETING, LONG_GREETING, openLab, SPARE_VOICE } from '../support/lab.ts';
import { expectMadeWhileRinging, expectSynthesizedAgain } from '../support/opening-voice.ts';
import { injections } from '../support/prompt-injections.ts';
import { realtime } from '../support/realtime.ts';
import { talkedOver } from '../support/talked-over.ts';
import { until, untilSaid, wait } from '../support/until.ts';
import { expectMessageAfterBeep, expectNoDelayBy } from '../support/voicemail-cases.ts';
import { agentLines, ANN, hearing, QUEUE, takeCall, type Waits, YES } from '../support/waiting.ts';

// Variants of the other tests in this folder.

let lab: PhoneLab;
beforeAll(async () => void (lab = await openLab()));
afterAll(() => lab.close());

const brokenDetector = (): never => {
  throw new Error('no detector');
};

/** Three sounds with gaps like those of speech. */
const syllables = Int16Array.from(
  [180, 220, 200]
    .flatMap((lengthMs) => [
      ...toneFrames({ frequency: 310, lengthMs, sampleRate: 24_000 }),
      ...toneFrames({ frequency: 310, lengthMs: 80, sampleRate: 24_000, amplitude: 0 }),
    ])
    .flatMap(({ data }) => [...data]),
);

describe.concurrent('the human agent hears the fallback and can press a key when', () => {
  const fallbackTts = agentTts({ frequency: SPARE_VOICE });

  it('the language model connects too late', async () => {
    await using consult = await Consult.open(lab, {
      greeting: null,
      reply: () => wait(2500).then(() => ({ call: { name: 'connect_to_caller' } })),
      limits: { replyMs: 1200 },
      models: { fallbackTts },
    });
    await consult.brief(async (phone) => {
      await phone.ring(300);
      await phone.answer();
      await phone.say('yes');
      await untilSaid(phone, SPARE_VOICE);
      await phone.press('1');
    });
    const modelFailure = new Error('the models did not answer within 1200 ms');
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted', via: 'key', modelFailure });
  });

  it('the voice hangs', async () => {
    const tts = agentTts({ delayMs: 30_000 });
    await using consult = await Consult.open(lab, { limits: { replyMs: 800 }, models: { tts, fallbackTts } });
    await consult.brief(async (phone) => {
      await phone.answer();
      await phone.waitToHear(SPARE_VOICE);
      await phone.press('2');
    });
    const modelFailure = expect.any(Error) as Error;
    expect(await consult.briefing.result).toMatchObject({ type: 'declined', via: 'key', modelFailure });
  });
});

describe.concurrent('a briefing with a realtime model and nothing else', () => {
  it.each([
    ['no', { type: 'declined', via: 'voice', reason: 'too busy', redirectTo: 'billing' }],
    ['beep', { type: 'voicemail', via: 'voice', messageLeft: false }],
  ] as const)('decides by a word of %s', async (word, decision) => {
    const { models = {} } = realtime();
    await using consult = await Consult.open(lab, { models });
    await consult.brief(async (call) => {
      await call.answer();
      await untilSaid(call, AGENT_VOICE);
      await call.say(word);
    });
    expect(await consult.briefing.result).toMatchObject(decision);
  });

  it('decides by a key while it speaks', async () => {
    const { model, ...options } = realtime({ reply: () => ({ say: ENDLESS }) });
    await using consult = await Consult.open(lab, options);
    await consult.brief(async (call) => {
      await call.answer();
      await call.waitToHear(AGENT_VOICE);
      await call.press('1');
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted', via: 'key' });
    expect(model.turns).toHaveLength(1);
  });

  it('accepts nothing by a word over its greeting, and tells the model what is missing', async () => {
    const { model, ...options } = realtime({
      reply: ({ userText, toolResult }) => {
        if (userText === '') return { say: LONG_GREETING };
        return toolResult === undefined ? { call: { name: 'connect_to_caller' } } : { say: 'May I connect you?' };
      },
    });
    await using consult = await Consult.open(lab, { ...options, limits: { silenceMs: 3000 } });
    await consult.brief(async (call) => {
      await call.answer();
      // Over its beginning: the agent must not have been heard yet.
      await call.say('yes');
    });
    expect((await consult.briefing.result).type).toBe('no-speech');
    expect(model.turns.at(-1)?.toolResult?.output).toMatch(/no answer of a person/);
  });
});

describe.concurrent('a briefing', () => {
  it('accepts by speech whose words the recognizer reports 0.6 s after its end', async () => {
    const stt = new ScriptedSTT({ speech: { texts: ['yes'] }, finalDelayMs: 600, interimResults: true });
    await using consult = await Consult.open(lab, { models: { stt } });
    let spokenAt = Infinity;
    await consult.brief(async (call) => {
      await call.answer();
      await untilSaid(call, AGENT_VOICE);
      await call.play(syllables, 24_000);
      spokenAt = Date.now();
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted', via: 'voice' });
    expect(Date.now() - spokenAt).toBeGreaterThanOrEqual(550);
  });

  it('takes a voicemail that talks over a short greeting for no person', async () => {
    const { result, refusal } = await talkedOver(lab, GREETING);
    expect(result).toMatchObject({ type: 'voicemail' });
    expect(refusal).toMatch(/no answer of a person/);
  });

  it('accepts nothing from a menu that says its choices and hangs up', async () => {
    await using consult = await Consult.open(lab, connectsAnything);
    await consult.brief(async (call) => {
      await call.ring(500);
      await call.ivr({ prompt: ['hello', 'beep', 'hello'], keys: {}, keyLimitMs: 1000, attempts: 1 });
    });
    expect(['no-speech', 'disconnected']).toContain((await consult.briefing.result).type);
    expect(consult.model.turns.length).toBeGreaterThan(0);
  });

  it('ends as disconnected or failed when its room is deleted in the middle of a sentence', async () => {
    await using consult = await Consult.open(lab, { greeting: ENDLESS });
    await consult.brief(async (call) => {
      await call.answer();
      await call.waitToHear(AGENT_VOICE);
    });
    await consult.rooms.deleteRoom(consult.roomName);
    // The server may report either first.
    expect(['disconnected', 'failed']).toContain((await consult.briefing.result).type);
  });

  it('declines by a no, with the reason and the department named', async () => {
    await using consult = await Consult.open(lab);
    await consult.brief(async (call) => {
      await call.answer();
      await untilSaid(call, AGENT_VOICE);
      await call.say('no');
    });
    expect(await consult.briefing.result).toMatchObject({
      type: 'declined',
      via: 'voice',
      reason: 'too busy',
      redirectTo: 'billing',
    });
  });

  it('ends with no-speech when the line only beeps', async () => {
    await using consult = await Consult.open(lab, connectsAnything);
    await consult.brief(async (call) => {
      await call.voicemail({ greeting: { pcm: new Int16Array(800), sampleRate: 8000 }, beep: 900 });
    });
    expect((await consult.briefing.result).type).toBe('no-speech');
  });
});

describe.concurrent('a model', () => {
  it('that obeys the caller does not connect a human agent who says nothing', async () => {
    const chatCtx = llm.ChatContext.empty();
    chatCtx.addMessage({ role: 'user', content: injections['a plain order'][0] });
    await using consult = await Consult.open(lab, {
      chatCtx,
      reply: compliant,
      greeting: (session) => session.generateReply({ toolChoice: 'auto' }),
      limits: { firstSpeechMs: 600 },
    });
    await consult.brief(async (call) => call.answer());
    expect((await consult.briefing.result).type).toBe('no-speech');
    expect(consult.model.turns[0]?.toolNames).toHaveLength(3);
  });

  it('that has accepted is not asked again', async () => {
    await using consult = await Consult.open(lab, {
      reply: (turn) => (turn.toolResult === undefined ? plainModel(turn) : { call: { name: 'decline_transfer' } }),
    });
    await consult.brief(async (call) => {
      await call.answer();
      await untilSaid(call, AGENT_VOICE);
      await call.say('yes');
    });
    expect((await consult.briefing.result).type).toBe('accepted');
    expect(consult.model.turns).toHaveLength(1);
  });

  it('that never calls a tool leaves the end to the limit of silence', async () => {
    await using consult = await Consult.open(lab, { reply: () => ({ say: 'I see.' }), limits: { silenceMs: 800 } });
    await consult.brief(async (call) => {
      await call.answer();
      await untilSaid(call, AGENT_VOICE);
      await call.say('yes');
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'no-speech', limit: 'silence' });
  });
});

describe.concurrent('the opening speech', () => {
  it('of a static message is made while the phone rings, so that a slow voice is heard sooner than it could begin', () =>
    expectMadeWhileRinging(lab, { models: { llm: null, stt: null }, message: 'An invoice. Press {keys}.' }));

  it('is synthesized again when the voice failed while the phone rang', () =>
    expectSynthesizedAgain(lab, agentTts({ fails: new Error('no voice') })));
});

describe.concurrent('a human agent', () => {
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
});

describe.concurrent('a voicemail', () => {
  it('that a function detects gets DTMF as a menu, and the person who follows must accept by themselves', async () => {
    let asked = false;
    const detect: BriefingVoicemailOptions['detect'] = async () => {
      asked = true;
      return 'voicemail';
    };
    await using consult = await Consult.open(lab, {
      greeting: GREETING,
      reply: () => ({ call: { name: 'connect_to_caller' } }),
      voicemail: { detect, onDetected: { dtmf: 'w5' } },
      limits: { silenceMs: 3000 },
    });
    const call = await consult.brief(async (phone) => {
      await phone.answer();
      await phone.waitForKey();
      await phone.wait(500);
      await phone.say('hello');
      await untilSaid(phone, AGENT_VOICE);
      await phone.say('yes');
    });
    expect(await consult.briefing.result).toMatchObject({ type: 'accepted', via: 'voice' });
    expect([asked, call.keys.map(({ key }) => key)]).toEqual([true, ['5']]);
  });

  it('that the model hears is left a message once it is over, after a beep that has come already', () =>
    expectMessageAfterBeep(lab, 'has come already'));
});

describe.concurrent('a detector that', () => {
  it.each<[string, NonNullable<BriefingVoicemailOptions['detect']>]>([
    ['knows nothing', async () => 'unknown'],
    ['fails', brokenDetector],
  ])('%s neither delays the briefing nor accepts', (_, detect) => expectNoDelayBy(lab, detect));
});
