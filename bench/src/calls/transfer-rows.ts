import { startPhoneLab } from '@org/phone-lab';
import { sidesOf, type BenchSize } from '../bench-size.js';
import { atMost, atMostShare, type Measured, type Results, type Row } from '../result/row.js';
import { takeAll } from '../take-all.js';
import { BenchWorker } from './bench-worker.js';
import {
  accepted,
  busyAtOnce,
  callerGivesUp,
  humanGivesUp,
  type AcceptedFigures,
  type Scene,
} from './transfer-calls.js';
import type { Library } from './worker-event.js';

/** How long a voice takes that is not scripted, ms. */
const REAL_VOICE_MS = 300;

type Both<T> = Readonly<Record<Library, T[]>>;

/** The whole transfer, through a real worker, side by side: the two libraries take turns. */
export async function measureTransfers(size: BenchSize): Promise<Results> {
  const taken = await onLab(size, false, async (scene) => ({
    accepted: await inTurns(size, ['ours', 'baseline'], (library) => accepted(scene, library)),
    slowVoice: await inTurns(size, sidesOf(size), (library) => accepted(scene, library, REAL_VOICE_MS)),
    callerGivesUp: await inTurns(size, sidesOf(size), (library) => callerGivesUp(scene, library)),
    humanGivesUp: await inTurns(size, sidesOf(size), (library) => humanGivesUp(scene, library)),
  }));
  const rows: Row[] = [
    {
      id: 'run-to-request',
      figure: '`run()` → SIP request',
      unit: 'ms',
      ...toldOf(taken.accepted, 'runToRequest'),
      goal: atMostShare(0.25, "a quarter of LiveKit's"),
    },
    {
      id: 'answer-to-word',
      figure: 'answer → human hears the first word',
      unit: 'ms',
      ...toldOf(taken.accepted, 'answerToWord'),
      goal: atMostShare(1, "not above LiveKit's"),
    },
    {
      id: 'answer-to-word-slow',
      figure: `answer → human hears the first word, of a voice that begins after ${REAL_VOICE_MS} ms`,
      unit: 'ms',
      ...toldOf(taken.slowVoice, 'answerToWord'),
    },
    {
      id: 'accept-to-both',
      figure: 'accept → both hear each other, self-hosted',
      unit: 'ms',
      ...toldOf(taken.accepted, 'acceptToBoth'),
      goal: atMost(250, 'within 250 ms'),
    },
    {
      id: 'run-to-hold',
      figure: '`run()` → hold audible at full level',
      unit: 'ms',
      ...toldOf(taken.accepted, 'runToHold'),
      goal: atMostShare(1 / 3, "a third of LiveKit's"),
      note: 'the same WAV for both',
    },
    {
      id: 'caller-gives-up',
      figure: 'caller hangs up while ringing → phone stops',
      unit: 'ms',
      ...toldBy(taken.callerGivesUp),
      goal: atMost(100, 'within 100 ms'),
    },
    {
      id: 'human-gives-up',
      figure: 'human hangs up during the briefing → AI audible at the caller',
      unit: 'ms',
      ...toldBy(taken.humanGivesUp),
      goal: atMost(300, 'within 300 ms'),
    },
  ];
  return { rows, series: [] };
}

/** On a server that can move people between rooms. */
export async function measureCloud(size: BenchSize): Promise<Results> {
  const taken = await onLab(size, true, (scene) => inTurns(size, sidesOf(size), (library) => accepted(scene, library)));
  const row: Row = {
    id: 'accept-to-both-cloud',
    figure: 'accept → both hear each other, lab imitating Cloud',
    unit: 'ms',
    ...toldOf(taken, 'acceptToBoth'),
    goal: atMostShare(1, "not above LiveKit's"),
  };
  return { rows: [row], series: [] };
}

/** Side by side at first, and then ours until there are enough to see the one that goes wrong. */
export async function measureBusy(size: BenchSize): Promise<Results> {
  const { ours, baseline } = await onLab(size, false, async (scene) => {
    const taken = await inTurns(size, sidesOf(size), (library) => busyAtOnce(scene, library));
    const more = Array.from({ length: size.busyCalls - size.calls });
    return { ...taken, ours: [...taken.ours, ...(await takeAll(more, size, () => busyAtOnce(scene, 'ours')))] };
  });
  const row: Row = {
    id: 'busy-at-once',
    figure: 'immediate 486 → AI audible at the caller',
    unit: 'ms',
    ...toldBy({ ours, baseline }),
    goal: { text: `within 300 ms, every time of ${ours.length}`, holds: () => Math.max(...ours) <= 300 },
  };
  return { rows: [row], series: [] };
}

async function onLab<T>({ neverMs }: BenchSize, cloud: boolean, work: (scene: Scene) => Promise<T>): Promise<T> {
  await using lab = await startPhoneLab({ cloud, graceMs: 10_000 });
  await using worker = await BenchWorker.start(lab);
  return await work({ lab, worker, neverMs, cloud });
}

async function inTurns<T>(
  size: BenchSize,
  libraries: readonly Library[],
  call: (library: Library) => Promise<T>,
): Promise<Both<T>> {
  const taken: Both<T> = { ours: [], baseline: [] };
  const turns = Array.from({ length: size.calls }, () => libraries).flat();
  await takeAll(turns, size, async (library) => taken[library].push(await call(library)));
  return taken;
}

const toldBy = ({ ours, baseline }: Both<number>): { ours: Measured; baseline: Measured } => ({
  ours: summary(ours),
  baseline: summary(baseline),
});

const toldOf = ({ ours, baseline }: Both<AcceptedFigures>, figure: keyof AcceptedFigures) =>
  toldBy({ ours: ours.map((figures) => figures[figure]), baseline: baseline.map((figures) => figures[figure]) });

/** A value that never came is reported, not averaged away. */
function summary(values: readonly number[]): Measured {
  const never = values.filter((value) => !Number.isFinite(value)).length;
  return never === 0 ? values : `never in ${never} of ${values.length}`;
}
