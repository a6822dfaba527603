import { ScriptedLLM, ScriptedSTT, ScriptedTTS } from '@org/briefing-agent/testing';
import { startPhoneLab, type Phone, type PhoneCall, type PhoneLab, type PhoneScript } from '@org/phone-lab';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WarmTransfer, type TransferOutcome, type TransferPhaseEvent, type WarmTransferOptions } from '../src/index.js';
import { type CallCenter, HUMAN, startCallCenter, vocabulary, voices } from './call-center.js';
import { expectRightHearing } from './hearing.js';
import { accepts, outcomeCases, type OutcomeCase } from './outcome-cases.js';

const words = { ...vocabulary, mailbox: 2900 };

let lab: PhoneLab;
let cloud: PhoneLab;
/** The caller of all transfers that give them back to the AI. */
let shared: CallCenter;
/** Whatever is said, pressed or heard on hold, this model must not be asked. */
const callerModel = new ScriptedLLM({ reply: () => undefined });

beforeAll(async () => {
  [lab, cloud] = await Promise.all([startPhoneLab(), startPhoneLab({ cloud: true })]);
  shared = await startCallCenter(lab, callerModel);
  // What is given as an option counts.
  vi.stubEnv('LIVEKIT_URL', 'ws://127.0.0.1:9');
  vi.stubEnv('LIVEKIT_API_SECRET', 'of another server');
  vi.stubEnv('LIVEKIT_SIP_OUTBOUND_TRUNK', 'ST_another');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await shared[Symbol.asyncDispose]();
  await Promise.all([lab.close(), cloud.close()]);
});

const phone = (script?: PhoneScript, at: PhoneLab = lab): Phone =>
  at.phone(HUMAN, script, { voice: voices.human, vocabulary: words });

/** Models of the briefing that speak fast, so that a test does not take long. */
const models = (): Pick<WarmTransferOptions, 'stt' | 'llm' | 'tts' | 'greetingSpeech'> => ({
  stt: new ScriptedSTT({ words }),
  tts: new ScriptedTTS({ frequency: voices.briefing, msPerCharacter: 10 }),
  llm: new ScriptedLLM({
    reply: ({ userText, toolResult }) => {
      if (toolResult !== undefined) return undefined;
      if (userText === 'yes') return { call: { name: 'connect_to_caller' } };
      if (userText === 'mailbox') return { call: { name: 'voicemail_detected' } };
      return { call: { name: 'decline_transfer', args: { reason: 'I am in a meeting.' } } };
    },
  }),
});

/** The AI hears the caller and is heard. */
async function expectAiBack({ session, caller }: CallCenter): Promise<void> {
  expect(session.output.audioEnabled).toBe(true);
  expect(session.input.audioEnabled).toBe(true);
  session.say('Back.');
  await caller.waitToHear(voices.agent, { timeoutMs: 5000 });
  expect(caller.ended).toBeUndefined();
}

/** Nothing but the caller's own call, or nothing at all. */
async function expectNothingLeft(before: Awaited<ReturnType<PhoneLab['leftNothing']>> = [], at = lab): Promise<void> {
  await expect.poll(() => at.leftNothing(), { timeout: 10_000, interval: 20 }).toEqual(before);
}

async function run(
  { phone: script, fault, options, before, meanwhile }: OutcomeCase,
  events: TransferPhaseEvent[],
): Promise<{ outcome: TransferOutcome; calls: readonly PhoneCall[] }> {
  const human = phone(script);
  await using _before = await before?.(shared);
  using _fault = fault === undefined ? undefined : lab.fault(fault);
  await using transfer = new WarmTransfer({
    ...shared.options,
    ...models(),
    onPhase: (event) => events.push(event),
    ...options,
  });
  const running = transfer.run();
  await meanwhile?.({ lab, center: shared, transfer, humanCall: () => human.nextCall() });
  const outcome = await running;
  if (outcome.status === 'connected') await outcome.call.ended;
  return { outcome, calls: human.calls };
}

describe.each(Object.entries(outcomeCases))('%s', (status, cases) => {
  it.each(cases)('$cause', async (one) => {
    const before = await lab.leftNothing();
    const events: TransferPhaseEvent[] = [];
    const { outcome, calls } = await run(one, events);
    const [human] = calls;
    expect(calls.length).toBeLessThanOrEqual(1);
    expect(outcome).toMatchObject({ status, ...one.tells });
    expect(outcome.transcript.flatMap(({ speaker, text }) => (speaker === 'human' ? [text] : []))).toEqual(
      one.words ?? [],
    );
    // Neither a token nor the secret.
    expect(inspect(outcome, { depth: 8 })).not.toMatch(new RegExp(`eyJ|${lab.apiSecret}`));
    expect(callerModel.turns).toEqual([]);
    await expectAiBack(shared);
    if (events.length > 0) {
      const listeners = { caller: shared.caller, ...(human === undefined ? {} : { human }) };
      expectRightHearing(events, listeners, { nothingSaid: one.nothingSaid });
    }
    await expectNothingLeft(before);
  });
});

describe('caller-left', () => {
  it.each(['ringing', 'briefing', 'merging'] as const)('they hang up in the phase "%s"', async (when) => {
    const before = await lab.leftNothing();
    const human = phone(when === 'ringing' ? (call) => call.neverAnswer() : accepts);
    // So that the merge takes longer than hanging up.
    using _fault = lab.fault({ method: 'MoveParticipant', do: { delayMs: 1000 } });
    const events: TransferPhaseEvent[] = [];
    let caller: PhoneCall;
    {
      await using center = await startCallCenter(lab);
      caller = center.caller;
      await using transfer = new WarmTransfer({
        ...center.options,
        ...models(),
        merge: { strategy: 'move' },
        onPhase: (event) => {
          events.push(event);
          if (event.phase === when) void caller.hangUp();
        },
      });
      expect(await transfer.run()).toMatchObject({ status: 'caller-left', caller: 'left' });
      await transfer.closed();
    }
    const [humanCall] = human.calls;
    const left = events.find(({ phase }) => phase === when)?.at ?? Infinity;
    await expect.poll(() => humanCall?.ended, { timeout: 5000 }).toMatchObject({ how: 'disconnected' });
    // Whoever is on the line is told so.
    expect(humanCall?.ear.heard(voices.briefing, { from: left })).toBe(when !== 'ringing');
    expectRightHearing(events, { caller, ...(humanCall === undefined ? {} : { human: humanCall }) });
    await expectNothingLeft(before);
  });
});

interface Joining {
  readonly by: string;
  readonly at: () => PhoneLab;
  readonly merge: NonNullable<WarmTransferOptions['merge']>;
}

const joinings: readonly Joining[] = [
  { by: 'bridge', at: () => lab, merge: { strategy: 'bridge' } },
  { by: 'move', at: () => cloud, merge: { strategy: 'move' } },
  {
    by: 'rejoin',
    at: () => lab,
    merge: { strategy: 'bridge', promote: 'rejoin', rejoin: { gateway: 'sip:lab' } },
  },
];

/** A human agent who accepts, and whose phone does what it is told. */
const acceptsAndFollows: PhoneScript = async (call) => {
  call.onRefer({
    follow: async (again) => {
      await again.connected();
      again.tone(voices.human);
    },
  });
  await accepts(call);
};

/** Joins the two, lets `end` end their call while both are heard, and looks at who heard whom. */
async function talk(
  { by, at, merge }: Joining,
  center: CallCenter,
  end: (human: PhoneCall) => Promise<unknown>,
): Promise<unknown> {
  const phones = phone(acceptsAndFollows, at());
  const events: TransferPhaseEvent[] = [];
  const onPhase = (event: TransferPhaseEvent): unknown => events.push(event);
  await using transfer = new WarmTransfer({ ...center.options, ...models(), merge, onPhase });
  const outcome = await transfer.run();
  if (outcome.status !== 'connected') throw new Error(outcome.toSpeech(), { cause: outcome });
  const human = await phones.nextCall();
  await expect.poll(() => outcome.call.by, { timeout: 10_000, interval: 20 }).toBe(by);
  const promoted = human.refers[0]?.newCall;
  const line = promoted ?? human;
  await Promise.all([line.waitToHear(voices.caller), center.caller.waitToHear(voices.human)]);
  await line.wait(1500);
  await end(line);
  const over = await outcome.call.ended;
  await Promise.all([human.untilEnded(), line.untilEnded()]);
  // Everything of ours came down by itself, within its limits.
  expect(outcome.notes).toEqual([]);
  expectRightHearing(events, { caller: center.caller, human, ...(promoted === undefined ? {} : { promoted }) });
  return over;
}

describe.each(joinings)('two who were joined by $by', (joining) => {
  it('part when the line is lost, and the caller has the AI; joined anew, when the human agent hangs up', async () => {
    {
      await using center = await startCallCenter(joining.at());
      expect(await talk(joining, center, (human) => human.line.lose('removed'))).toMatchObject({
        by: 'line',
        caller: 'returned',
      });
      await expectAiBack(center);
      expect(await talk(joining, center, (human) => human.hangUp())).toMatchObject({ by: 'human', caller: 'hung-up' });
      await center.caller.untilEnded();
    }
    if (joining.by === 'move') await expectNothingLeft([], cloud);
  });

  it('part when the caller hangs up', async () => {
    await using center = await startCallCenter(joining.at());
    expect(await talk(joining, center, () => center.caller.hangUp())).toMatchObject({ by: 'caller', caller: 'left' });
  });
});
