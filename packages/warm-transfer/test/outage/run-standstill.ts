import { fork } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { HOLD_MUSIC_BAND } from '@org/hold-audio/testing';
import { type PhoneCall, startPhoneLab } from '@org/phone-lab';
import { deferred } from '@org/support';
import { freshNumber, phoneOf, vocabulary, voices } from '../support/call-center.js';
import { isServed } from './outages.js';
import { sought } from './sought.js';
import { type StageName, stages } from './stages.js';

/** The result of a standstill. Times are in milliseconds after its end. */
export interface StandstillResult {
  readonly stage: StageName;
  /** Status of the outcome, or who ended a call that was connected. */
  readonly status: string;
  readonly cause: string;
  /** What happened to the caller; `talking`: with the human agent, to the end of the test. */
  readonly caller: string;
  /** When the caller heard the AI or the human agent again. */
  readonly voiceMs: number | undefined;
  /** Who was left in silence. */
  readonly unserved: readonly string[];
  readonly left: readonly string[];
}

interface Told {
  readonly status: string;
  readonly caller: string;
  readonly cause?: string;
}

interface Message {
  readonly phase?: string;
  readonly outcome?: Told;
  readonly end?: Told;
}

/** By then, frames that were on their way when the process continued have been heard. */
const strayMs = 300;

/** Brings a transfer in a process of its own to a stage, and stops that process for `forMs`. */
export async function runStandstill(stageName: StageName, forMs: number): Promise<StandstillResult> {
  const stage: { readonly phase: string; readonly briefed?: boolean; readonly merge?: object } = stages[stageName];
  const isMoved = stageName === 'joined by a move';
  const lab = await startPhoneLab(isMoved ? { cloud: { noResponseMs: 300 } } : {});
  try {
    const [roomName, human] = [`standstill-${freshNumber()}`, freshNumber()];
    const over = deferred<void>();
    const phone = phoneOf(lab, human, stages[stageName].human(over.promise));
    const caller = await lab.call({
      from: '+15550199',
      roomName,
      voice: voices.caller,
      script: async (call) => {
        await call.connected();
        call.tone();
      },
    });
    const { url, apiKey, apiSecret, trunkId } = lab;
    const program = { server: { url, apiKey, apiSecret }, trunkId, roomName, human, voices, vocabulary };
    const worker = fork(
      new URL('standing-worker.mjs', import.meta.url),
      [JSON.stringify({ ...program, merge: stage.merge })],
      { execArgv: [], env: { ...process.env, NODE_ENV: 'production' } },
    );
    const exited = new Promise<void>((resolve) => void worker.once('exit', () => resolve()));
    const messages: Message[] = [];
    worker.on('message', (message) => void messages.push(message as Message));
    const find = (is: (message: Message) => boolean, limitMs: number): Promise<Message | undefined> =>
      sought(() => messages.find(is), limitMs);
    try {
      await find(({ phase }) => phase === stage.phase, 60_000);
      const line = await phone.nextCall();
      await untilSteady(stage, caller, line);
      worker.kill('SIGSTOP');
      await delay(forMs);
      worker.kill('SIGCONT');
      const from = Date.now() + strayMs;
      over.resolve();
      const outcome = (await find((message) => message.outcome !== undefined, 60_000))?.outcome;
      const talk = sought(
        () => (caller.ear.heard(voices.human, { from }) && line.ear.heard(voices.caller, { from })) || undefined,
        30_000,
      );
      const end = find((message) => message.end !== undefined, 60_000).then((message) => message?.end);
      const isConnected = outcome?.status === 'connected';
      const first = isConnected ? await Promise.race([end, talk]) : undefined;
      const told = first === true ? { status: 'connected', caller: 'talking' } : (first ?? outcome);
      const hz = told?.caller === 'talking' ? voices.human : voices.agent;
      const isBack = told?.caller === 'talking' || told?.caller === 'returned';
      const voiceAt = isBack ? await sought(() => caller.ear.firstHeardAt(hz, { from }), 30_000) : undefined;
      const unserved = await unservedOf([...(told?.caller === 'returned' && voiceAt ? [] : [caller]), ...phone.calls]);
      for (const call of [...phone.calls, caller]) if (call.ended === undefined) await call.hangUp();
      worker.send('close');
      await exited;
      let left: readonly string[] = [];
      await sought(async () => {
        left = (await lab.leftNothing()).map(({ what }) => what);
        return left.length === 0 ? true : undefined;
      }, 60_000);
      return {
        stage: stageName,
        status: told?.status ?? 'no outcome',
        cause: told?.cause ?? '',
        caller: told?.caller ?? 'unknown',
        voiceMs: voiceAt === undefined ? undefined : voiceAt - from + strayMs,
        unserved,
        left,
      };
    } finally {
      worker.kill('SIGKILL');
      await exited;
    }
  } finally {
    // Leftovers have been reported.
    await lab.close().catch(() => undefined);
  }
}

async function untilSteady(
  stage: { readonly phase: string; readonly briefed?: boolean },
  caller: PhoneCall,
  human: PhoneCall,
): Promise<void> {
  if (stage.phase === 'connected') {
    await human.waitToHear(voices.caller, { forMs: 300 });
    await caller.waitToHear(voices.human, { forMs: 300 });
    return;
  }
  if (stage.briefed === true) await human.waitToHear(voices.briefing, { forMs: 200 });
  await caller.waitToHear({ name: 'hold', frequencies: [], band: HOLD_MUSIC_BAND }, { forMs: 300 });
}

async function unservedOf(lines: readonly PhoneCall[]): Promise<readonly string[]> {
  // Earlier sound no longer counts by then.
  await delay(2_500);
  const unserved = (): readonly string[] => lines.filter((call) => !isServed(call)).map(({ number }) => number);
  await sought(() => (unserved().length === 0 ? true : undefined), 30_000);
  return unserved();
}
