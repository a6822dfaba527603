import { ScriptedLLM, ScriptedSTT, ScriptedTTS } from '@org/briefing-agent/testing';
import { type PhoneCall, type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { inspect } from 'node:util';
import { expect, vi } from 'vitest';
import { type TransferOutcome, type TransferPhaseEvent, type TransferStatus, WarmTransfer } from '../../src/index.js';
import {
  type CallCenter,
  callerTurns,
  type Models,
  saysYes,
  startCallCenter,
  vocabulary,
  voices,
} from './call-center.js';
import { expectRightHearing } from './hearing.js';
import { type Lane, Lanes } from './resource-pool.js';
import { accepts, type OutcomeCase } from './outcome-cases.js';

/** The words recognized from a human agent's phone. */
const heard = { ...vocabulary, mailbox: 2900 };
/** The tones that it can say. */
export const words = { ...heard, welcome: 2300 };

/** Where one transfer at a time can be the only one, so that faults and leftovers are its own. */
export interface Place {
  readonly lab: PhoneLab;
  /** The caller of all transfers that give them back to the AI. */
  readonly center: CallCenter;
}

/** A voice of its own, so that it is measured which AI was heard by whom; a fast one, so that a test does not take long. */
export const fastVoice = (): Pick<CallCenter['options'], 'tts'> => ({
  tts: new ScriptedTTS({ frequency: voices.briefing, msPerCharacter: 16 }),
});

const models = (): Partial<Models> => ({
  stt: new ScriptedSTT({ words: heard }),
  llm: new ScriptedLLM({
    reply: ({ userText, toolResult }) => {
      if (toolResult !== undefined) return undefined;
      if (saysYes(userText)) return { call: { name: 'connect_to_caller' } };
      if (userText === 'mailbox') return { call: { name: 'voicemail_detected' } };
      return { call: { name: 'decline_transfer', args: { reason: 'I am in a meeting.' } } };
    },
  }),
});

async function openPlace(): Promise<Place> {
  const lab = await startPhoneLab();
  return { lab, center: await startCallCenter(lab, models()) };
}

/** As many places as there are tests immediately. */
export class Places implements AsyncDisposable {
  readonly #all: readonly Place[];
  readonly #lanes: Lanes<Place>;

  private constructor(all: readonly Place[]) {
    this.#all = all;
    this.#lanes = new Lanes(all);
  }

  static async open(): Promise<Places> {
    return new Places([await openPlace(), await openPlace()]);
  }

  take(): Promise<Lane<Place>> {
    return this.#lanes.take();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#all.map(({ center }) => center[Symbol.asyncDispose]()));
    await Promise.all(this.#all.map(({ lab }) => lab.close()));
  }
}

/** The AI hears the caller and is heard. */
export async function expectAiBack({ session, caller }: CallCenter): Promise<void> {
  expect(session.output.audioEnabled).toBe(true);
  expect(session.input.audioEnabled).toBe(true);
  session.say('I am back with you now.');
  await caller.waitToHear(voices.agent, { timeoutMs: 10_000 });
  expect(caller.ended).toBeUndefined();
}

/** Nothing but what was there before, such as the caller's own call; of that a room may have been on its way out. */
export async function expectNothingLeft(
  at: PhoneLab,
  before: Awaited<ReturnType<PhoneLab['leftNothing']>> = [],
): Promise<void> {
  const known = new Set(before.map(({ what }) => what));
  const added = async (): Promise<string[]> =>
    (await at.leftNothing()).map(({ what }) => what).filter((what) => !known.has(what));
  await vi.waitFor(async () => expect(await added()).toEqual([]), { timeout: 10_000, interval: 20 });
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
    ...fastVoice(),
    onPhase: (event) => events.push(event),
    ...options,
  });
  const running = transfer.run();
  await meanwhile?.({ lab, center, transfer, humanCall: () => human.nextCall() });
  const outcome = await running;
  if (outcome.status === 'connected') await outcome.call.ended;
  return { outcome, calls: human.calls };
}

/** Brings about an outcome that leaves the caller with the AI, and holds all contracts against it. */
export async function expectOutcome(place: Place, status: TransferStatus, one: OutcomeCase): Promise<void> {
  const { lab, center } = place;
  const before = await lab.leftNothing();
  const events: TransferPhaseEvent[] = [];
  const { outcome, calls } = await run(place, one, events);
  const [human] = calls;
  expect(calls.length).toBeLessThanOrEqual(1);
  expect(outcome).toMatchObject({ status, ...one.tells });
  expect(outcome.transcript.flatMap(({ speaker, text }) => (speaker === 'human' ? [text] : []))).toEqual(
    one.words ?? [],
  );
  // Neither a token nor the secret.
  expect(inspect(outcome, { depth: 8 })).not.toMatch(new RegExp(`eyJ|${lab.apiSecret}`));
  // The caller's session asks no model about anything said, pressed or heard on hold.
  expect(callerTurns(center.models.llm)).toEqual([]);
  await expectAiBack(center);
  if (events.length > 0) {
    const listeners = { caller: center.caller, ...(human === undefined ? {} : { human }) };
    expectRightHearing(events, listeners, { nothingSaid: one.nothingSaid });
  }
  await expectNothingLeft(lab, before);
}

/** Lets the caller hang up in a phase, and holds the contracts against it. */
export async function expectCallerLeft({ lab }: Place, when: 'ringing' | 'briefing' | 'merging'): Promise<void> {
  const before = await lab.leftNothing();
  // So that the merge takes longer than hanging up.
  using _fault = lab.fault({ method: 'MoveParticipant', do: { delayMs: 1000 } });
  const events: TransferPhaseEvent[] = [];
  const { caller, human } = await hangUpIn(lab, when, events);
  const [humanCall] = human.calls;
  const left = events.find(({ phase }) => phase === when)?.at ?? Infinity;
  await vi.waitFor(() => expect(humanCall?.ended).toMatchObject({ how: 'disconnected' }), { timeout: 5000 });
  // A human agent on the line hears a sentence about it.
  expect(humanCall?.ear.heard(voices.briefing, { from: left })).toBe(when !== 'ringing');
  expectRightHearing(events, { caller, ...(humanCall === undefined ? {} : { human: humanCall }) });
  await expectNothingLeft(lab, before);
}

async function hangUpIn(lab: PhoneLab, when: string, events: TransferPhaseEvent[]) {
  await using center = await startCallCenter(lab);
  const { caller } = center;
  const human = center.phone(when === 'ringing' ? (call) => call.neverAnswer() : accepts, words);
  await using transfer = new WarmTransfer({
    ...center.options,
    ...fastVoice(),
    merge: { strategy: 'move' },
    onPhase: (event) => {
      events.push(event);
      if (event.phase === when) void caller.hangUp();
    },
  });
  expect(await transfer.run()).toMatchObject({ status: 'caller-left', caller: 'left' });
  await transfer.closed();
  return { caller, human };
}
