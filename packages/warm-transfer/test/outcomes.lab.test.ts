import type { Room } from '@livekit/rtc-node';
import { ScriptedLLM, ScriptedSTT, ScriptedTTS } from '@org/briefing-agent/testing';
import { startPhoneLab, type Phone, type PhoneCall, type PhoneLab, type PhoneScript } from '@org/phone-lab';
import { inspect } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { WarmTransfer, type TransferOutcome, type TransferPhaseEvent, type WarmTransferOptions } from '../src/index.js';
import { type CallCenter, startCallCenter, vocabulary, voices } from './call-center.js';
import { expectRightHearing } from './hearing.js';
import { type Lane, Lanes } from './lanes.js';
import { accepts, outcomeCases, type OutcomeCase } from './outcome-cases.js';

const words = { ...vocabulary, mailbox: 2900 };

/** Where one transfer at a time can be the only one, so that faults and leftovers are its own. */
interface Place {
  readonly lab: PhoneLab;
  /** The caller of all transfers that give them back to the AI. */
  readonly center: CallCenter;
}

let places: readonly Place[];
let lanes: Lanes<Place>;
let cloud: PhoneLab;
/** Whatever is said, pressed or heard on hold, this model must not be asked. */
const callerModel = new ScriptedLLM({ reply: () => undefined });

async function openPlace(): Promise<Place> {
  const lab = await startPhoneLab();
  return { lab, center: await startCallCenter(lab, callerModel) };
}

beforeAll(async () => {
  cloud = await startPhoneLab({ cloud: { noResponseMs: 300 } });
  places = [await openPlace(), await openPlace()];
  lanes = new Lanes(places);
  // What is given as an option counts.
  vi.stubEnv('LIVEKIT_URL', 'ws://127.0.0.1:9');
  vi.stubEnv('LIVEKIT_API_SECRET', 'of another server');
  vi.stubEnv('LIVEKIT_SIP_OUTBOUND_TRUNK', 'ST_another');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all(places.map(({ center }) => center[Symbol.asyncDispose]()));
  await Promise.all([cloud, ...places.map(({ lab }) => lab)].map((lab) => lab.close()));
});

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
async function expectNothingLeft(
  at: PhoneLab,
  before: Awaited<ReturnType<PhoneLab['leftNothing']>> = [],
): Promise<void> {
  await vi.waitFor(async () => expect(await at.leftNothing()).toEqual(before), { timeout: 10_000, interval: 20 });
}

async function run(
  { lab, center }: Place,
  { phone: script, fault, options, before, meanwhile }: OutcomeCase,
  events: TransferPhaseEvent[],
): Promise<{ outcome: TransferOutcome; calls: readonly PhoneCall[] }> {
  const human = center.phone(script, words);
  await using _before = await before?.(center);
  using _fault = fault === undefined ? undefined : lab.fault(fault);
  await using transfer = new WarmTransfer({
    ...center.options,
    ...models(),
    onPhase: (event) => events.push(event),
    ...options,
  });
  const running = transfer.run();
  await meanwhile?.({ lab, center, transfer, humanCall: () => human.nextCall() });
  const outcome = await running;
  if (outcome.status === 'connected') await outcome.call.ended;
  return { outcome, calls: human.calls };
}

describe.concurrent.each(Object.entries(outcomeCases))('%s', (status, cases) => {
  it.each(cases)('$cause', async (one) => {
    using lane = await lanes.take();
    const { lab, center } = lane.its;
    const before = await lab.leftNothing();
    const events: TransferPhaseEvent[] = [];
    const { outcome, calls } = await run(lane.its, one, events);
    const [human] = calls;
    expect(calls.length).toBeLessThanOrEqual(1);
    expect(outcome).toMatchObject({ status, ...one.tells });
    expect(outcome.transcript.flatMap(({ speaker, text }) => (speaker === 'human' ? [text] : []))).toEqual(
      one.words ?? [],
    );
    // Neither a token nor the secret.
    expect(inspect(outcome, { depth: 8 })).not.toMatch(new RegExp(`eyJ|${lab.apiSecret}`));
    expect(callerModel.turns).toEqual([]);
    await expectAiBack(center);
    if (events.length > 0) {
      const listeners = { caller: center.caller, ...(human === undefined ? {} : { human }) };
      expectRightHearing(events, listeners, { nothingSaid: one.nothingSaid });
    }
    await expectNothingLeft(lab, before);
  });
});

describe.concurrent('caller-left', () => {
  it.each(['ringing', 'briefing', 'merging'] as const)('they hang up in the phase "%s"', async (when) => {
    using lane = await lanes.take();
    const { lab } = lane.its;
    const before = await lab.leftNothing();
    // So that the merge takes longer than hanging up.
    using _fault = lab.fault({ method: 'MoveParticipant', do: { delayMs: 1000 } });
    const events: TransferPhaseEvent[] = [];
    let caller: PhoneCall;
    let human: Phone;
    {
      await using center = await startCallCenter(lab);
      caller = center.caller;
      human = center.phone(when === 'ringing' ? (call) => call.neverAnswer() : accepts, words);
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
    await vi.waitFor(() => expect(humanCall?.ended).toMatchObject({ how: 'disconnected' }), { timeout: 5000 });
    // Whoever is on the line is told so.
    expect(humanCall?.ear.heard(voices.briefing, { from: left })).toBe(when !== 'ringing');
    expectRightHearing(events, { caller, ...(humanCall === undefined ? {} : { human: humanCall }) });
    await expectNothingLeft(lab, before);
  });
});

interface Joining {
  readonly by: string;
  readonly takeLab: () => Promise<Lane<Pick<Place, 'lab'>>>;
  readonly merge: NonNullable<WarmTransferOptions['merge']>;
}

const joinings: readonly Joining[] = [
  { by: 'bridge', takeLab: () => lanes.take(), merge: { strategy: 'bridge' } },
  // Which no other test uses.
  {
    by: 'move',
    takeLab: () => Promise.resolve({ its: { lab: cloud }, [Symbol.dispose]: () => undefined }),
    merge: { strategy: 'move' },
  },
  {
    by: 'rejoin',
    takeLab: () => lanes.take(),
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

/** How many attributes, identities and names in the room contain a number. */
function numbersShown(room: Room | undefined, number: string): number {
  const people = [...(room?.remoteParticipants.values() ?? [])];
  return people
    .flatMap(({ identity, name = '', attributes }) => [identity, name, ...Object.values(attributes)])
    .filter((text) => text.includes(number)).length;
}

/** Joins the two, lets `end` end their call while both are heard, and looks at who heard whom. */
async function talk(
  { by, merge }: Joining,
  center: CallCenter,
  end: (human: PhoneCall) => Promise<unknown>,
): Promise<unknown> {
  const phones = center.phone(acceptsAndFollows, words);
  const events: TransferPhaseEvent[] = [];
  const onPhase = (event: TransferPhaseEvent): unknown => events.push(event);
  await using transfer = new WarmTransfer({ ...center.options, ...models(), merge, onPhase });
  const outcome = await transfer.run();
  if (outcome.status !== 'connected') throw new Error(outcome.toSpeech(), { cause: outcome });
  const human = await phones.nextCall();
  await vi.waitFor(() => expect(outcome.call.by).toBe(by), { timeout: 10_000, interval: 20 });
  expect(numbersShown(center.options.room, human.number)).toBe(0);
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

describe.concurrent.each(joinings)('two who were joined by $by', (joining) => {
  afterAll(async () => {
    if (joining.by === 'move') await expectNothingLeft(cloud);
  });

  it('part when the line is lost, and the caller has the AI; joined anew, when the human agent hangs up', async () => {
    using lane = await joining.takeLab();
    await using center = await startCallCenter(lane.its.lab);
    expect(await talk(joining, center, (human) => human.line.lose('removed'))).toMatchObject({
      by: 'line',
      caller: 'returned',
    });
    await expectAiBack(center);
    expect(await talk(joining, center, (human) => human.hangUp())).toMatchObject({ by: 'human', caller: 'hung-up' });
    await center.caller.untilEnded();
  });

  it('part when the caller hangs up', async () => {
    using lane = await joining.takeLab();
    await using center = await startCallCenter(lane.its.lab);
    expect(await talk(joining, center, () => center.caller.hangUp())).toMatchObject({ by: 'caller', caller: 'left' });
  });
});
