import { setTimeout as delay } from 'node:timers/promises';
import { HOLD_MUSIC_BAND } from '@org/hold-audio/testing';
import { type PhoneCall, type PhoneLab, startPhoneLab } from '@org/phone-lab';
import { deferred } from '@org/support';
import { type TransferOutcome, WarmTransfer } from '../../src/index.js';
import { type CallCenter, freshNumber, ofItsOwn, phoneOf, startCallCenter, voices } from '../support/call-center.js';
import { isServed, type OutageName, outages } from './outages.js';
import { sought } from './sought.js';
import { type Stage, type StageName, stages } from './stages.js';

/** The result of an outage. Times are in milliseconds after the world outside was as before. */
export interface OutageResult {
  readonly stage: StageName;
  readonly outage: OutageName;
  /** Status of the outcome, or who ended a call that was connected. */
  readonly status: string;
  readonly cause: string;
  /** What happened to the caller; `talking`: with the human agent, to the end of the test. */
  readonly caller: string;
  /** When the hold audio was heard again; absent where the caller was not on hold any more. */
  readonly holdMs: number | undefined;
  /** When the caller heard the AI or the human agent again. */
  readonly voiceMs: number | undefined;
  /** Who was left in silence. */
  readonly unserved: readonly string[];
  readonly left: readonly string[];
  readonly warnings: readonly string[];
}

/** One row of the table. */
export const resultColumns = [
  'outage',
  'stage',
  'status',
  'caller',
  'holdMs',
  'voiceMs',
  'unserved',
  'left',
  'cause',
  'warnings',
] as const satisfies readonly (keyof OutageResult)[];

export function drawResult(result: OutageResult): string {
  return resultColumns.map((name) => String(result[name] ?? '')).join(' | ');
}

const music = { name: 'hold', frequencies: [], band: HOLD_MUSIC_BAND } as const;

/** By then, frames that were on their way when the outage began have been heard. */
const strayMs = 300;

const longestMs = 60_000;

interface Scene {
  readonly lab: PhoneLab;
  readonly center: CallCenter;
  readonly stage: Stage;
}

/** Brings a transfer to a stage, the outage about, and both to an end that they would come to. */
export async function runOutage(stage: StageName, outage: OutageName): Promise<OutageResult> {
  const { merge } = stages[stage];
  const lab = await startPhoneLab(merge.strategy === 'move' ? { cloud: { noResponseMs: 300 } } : {});
  const center = await startCallCenter(lab);
  try {
    const course = await new Course({ lab, center, stage: stages[stage] }, outage).run();
    const left = await course.leave();
    return { stage, outage, ...course.seen, left };
  } finally {
    // Leftovers have been reported.
    await lab.close().catch(() => undefined);
  }
}

class Course {
  readonly #scene: Scene;
  readonly #outage: OutageName;
  readonly #transfer: WarmTransfer;
  readonly #reached = deferred<void>();
  readonly #over = deferred<void>();
  readonly #calls: () => readonly PhoneCall[];
  #outcome: TransferOutcome | undefined;
  #seen: Omit<OutageResult, 'stage' | 'outage' | 'left'> | undefined;

  constructor(scene: Scene, outage: OutageName) {
    this.#scene = scene;
    this.#outage = outage;
    const { lab, center, stage } = scene;
    const phone = center.phone(stage.human(this.#over.promise));
    this.#calls = () => phone.calls;
    const busy = freshNumber();
    phoneOf(lab, busy, (call) => call.reject(486));
    const { sipCallTo, ...options } = center.options;
    const targets = [...(stage.secondTarget === true ? [busy] : []), String(sipCallTo)];
    this.#transfer = new WarmTransfer({
      ...options,
      ...ofItsOwn(),
      targets,
      merge: stage.merge,
      limits: stage.phase === 'merging' ? {} : options.limits,
      onPhase: ({ phase, attemptId }) => {
        if (phase === stage.phase && attemptId === String(targets.length)) this.#reached.resolve();
      },
    });
  }

  get seen(): Omit<OutageResult, 'stage' | 'outage' | 'left'> {
    if (this.#seen === undefined) throw new Error('the course has not run');
    return this.#seen;
  }

  async run(): Promise<this> {
    const { lab, center, stage } = this.#scene;
    const { caller } = center;
    const running = this.#transfer.run().then((outcome) => (this.#outcome = outcome));
    await this.#reached.promise;
    await this.#untilSteady();
    const human = this.#calls().at(-1);
    if (human === undefined) throw new Error('no phone was called');
    await outages[this.#outage]({ lab, center, transfer: this.#transfer, human });
    const from = Date.now() + strayMs;
    const isOnHold = stage.phase === 'ringing' || stage.phase === 'briefing';
    const heldAgain = isOnHold
      ? await sought(() => caller.ear.firstHeardAt(music, { from }) ?? this.#outcome?.transferId, 20_000)
      : undefined;
    this.#over.resolve();
    const outcome = await Promise.race([running, delay(longestMs, undefined)]);
    const { status, fate, cause } = await this.#fateOf(outcome, from);
    const voiceAt = await this.#voiceAfter(fate, from);
    const unserved = await this.#unserved(voiceAt !== undefined && fate === 'returned');
    this.#seen = {
      status,
      cause,
      caller: fate,
      holdMs: typeof heldAgain === 'number' ? heldAgain - from + strayMs : undefined,
      voiceMs: voiceAt === undefined ? undefined : voiceAt - from + strayMs,
      unserved,
      warnings: (outcome?.warnings ?? []).map(String),
    };
    return this;
  }

  /** Both hang up, and all is closed. Resolves to what is left after that. */
  async leave(): Promise<readonly string[]> {
    const { lab, center } = this.#scene;
    for (const call of [...this.#calls(), center.caller]) if (call.ended === undefined) await call.hangUp();
    await this.#transfer.close();
    await center[Symbol.asyncDispose]();
    let left: readonly string[] = [];
    await sought(async () => {
      left = (await lab.leftNothing()).map(({ what }) => what);
      return left.length === 0 ? true : undefined;
    }, longestMs);
    return left;
  }

  async #untilSteady(): Promise<void> {
    const { center, stage } = this.#scene;
    const { caller } = center;
    const [human] = this.#calls();
    if (stage.briefed === true) await human?.waitToHear(voices.briefing, { forMs: 200 });
    if (stage.phase === 'ringing' || stage.phase === 'briefing') {
      await caller.waitToHear(music, { forMs: 300 });
      // The briefing agent is in its room by then.
      await delay(1_500);
    }
    if (stage.phase === 'connected') {
      await Promise.all([
        human?.waitToHear(voices.caller, { forMs: 300 }),
        caller.waitToHear(voices.human, { forMs: 300 }),
      ]);
    }
  }

  async #fateOf(
    outcome: TransferOutcome | undefined,
    from: number,
  ): Promise<{ readonly status: string; readonly fate: string; readonly cause: string }> {
    if (outcome === undefined) return { status: 'no outcome', fate: 'unknown', cause: '' };
    if (outcome.status === 'already-running') throw new Error('nothing else runs here');
    if (outcome.status !== 'connected') {
      const cause = 'cause' in outcome ? messageOf(outcome.cause) : '';
      return { status: outcome.status, fate: outcome.caller, cause };
    }
    const [{ caller }, human] = [this.#scene.center, this.#calls().at(-1)];
    const talk = sought(
      () => (caller.ear.heard(voices.human, { from }) && human?.ear.heard(voices.caller, { from })) || undefined,
      30_000,
    );
    const first = await Promise.race([outcome.call.ended, talk]);
    if (typeof first !== 'object') return { status: 'connected', fate: first ? 'talking' : 'silent', cause: '' };
    return { status: `ended by ${first.by}`, fate: first.caller, cause: messageOf(first.cause) };
  }

  /** The AI speaks to a caller who is back, again and again: a connection that is not there again takes it for nothing. */
  async #voiceAfter(fate: string, from: number): Promise<number | undefined> {
    const { caller, session } = this.#scene.center;
    if (fate === 'talking') return caller.ear.firstHeardAt(voices.human, { from });
    if (fate !== 'returned') return undefined;
    let saidAt = 0;
    return sought(() => {
      if (Date.now() - saidAt > 2_000) {
        saidAt = Date.now();
        session.say('I am back with you.');
      }
      return caller.ear.firstHeardAt(voices.agent, { from });
    }, 30_000);
  }

  /** `hasAi`: the caller has heard the AI, which may be silent by now. */
  async #unserved(hasAi: boolean): Promise<readonly string[]> {
    const lines = [...(hasAi ? [] : [this.#scene.center.caller]), ...this.#calls()];
    // Earlier sound no longer counts by then.
    await delay(2_500);
    const unserved = (): readonly string[] => lines.filter((call) => !isServed(call)).map(({ number }) => number);
    await sought(() => (unserved().length === 0 ? true : undefined), 30_000);
    return unserved();
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : '';
}
