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
const none: Both<number> = { ours: [], rival: [] };

/** The whole transfer, through a real worker, side by side: the two libraries take turns. */
export async function measureTransfers(size: BenchSize): Promise<Results> {
  const selfHosted = await onLab(size, false, async (scene) => {
    const taken = await inTurns(size, ['ours', 'rival'], (library) => accepted(scene, library));
    const slowVoice = await inTurns(size, sidesOf(size), (library) => accepted(scene, library, REAL_VOICE_MS));
    const [gaveUp, hungUp, busy] = await takeAll([callerGivesUp, humanGivesUp, busyAtOnce], { atOnce: false }, (kind) =>
      inTurns(size, sidesOf(size), (library) => kind(scene, library)),
    );
    const more = Array.from({ length: size.busyCalls - size.calls });
    const oursBusy = await takeAll(more, size, () => busyAtOnce(scene, 'ours'));
    return {
      accepted: taken,
      slowVoice,
      callerGivesUp: gaveUp ?? none,
      humanGivesUp: hungUp ?? none,
      busy: busy ?? none,
      oursBusy,
    };
  });
  const cloud = await onLab(size, true, (scene) => inTurns(size, sidesOf(size), (library) => accepted(scene, library)));
  const one = (pick: keyof AcceptedFigures, of = selfHosted.accepted) => ({
    ours: told(of.ours.map((figures) => figures[pick])),
    rival: told(of.rival.map((figures) => figures[pick])),
  });
  const busy = [...selfHosted.busy.ours, ...selfHosted.oursBusy];
  const rows: Row[] = [
    {
      id: 'run-to-request',
      figure: '`run()` → SIP request',
      unit: 'ms',
      ...one('runToRequest'),
      goal: atMostShare(0.25, 'a quarter of the rival’s'),
    },
    {
      id: 'answer-to-word',
      figure: 'answer → human hears the first word',
      unit: 'ms',
      ...one('answerToWord'),
      goal: atMostShare(1, 'not above the rival’s'),
    },
    {
      id: 'answer-to-word-slow',
      figure: `answer → human hears the first word, of a voice that begins after ${REAL_VOICE_MS} ms`,
      unit: 'ms',
      ...one('answerToWord', selfHosted.slowVoice),
    },
    {
      id: 'accept-to-both',
      figure: 'accept → both hear each other, self-hosted',
      unit: 'ms',
      ...one('acceptToBoth'),
      goal: atMost(250, 'within 250 ms'),
    },
    {
      id: 'accept-to-both-cloud',
      figure: 'accept → both hear each other, lab imitating Cloud',
      unit: 'ms',
      ...one('acceptToBoth', cloud),
      goal: atMostShare(1, 'not above the rival’s'),
    },
    {
      id: 'run-to-hold',
      figure: '`run()` → hold audible at full level',
      unit: 'ms',
      ...one('runToHold'),
      goal: atMostShare(1 / 3, 'a third of the rival’s'),
      note: 'the same WAV for both',
    },
    {
      id: 'caller-gives-up',
      figure: 'caller hangs up while ringing → phone stops',
      unit: 'ms',
      ...toldOf(selfHosted.callerGivesUp),
      goal: atMost(100, 'within 100 ms'),
    },
    {
      id: 'human-gives-up',
      figure: 'human hangs up during the briefing → AI audible at the caller',
      unit: 'ms',
      ...toldOf(selfHosted.humanGivesUp),
      goal: atMost(300, 'within 300 ms'),
    },
    {
      id: 'busy-at-once',
      figure: 'immediate 486 → AI audible at the caller',
      unit: 'ms',
      ours: told(busy),
      rival: told(selfHosted.busy.rival),
      goal: { text: `within 300 ms, every time of ${busy.length}`, holds: () => Math.max(...busy) <= 300 },
    },
  ];
  return { rows, series: [] };
}

async function onLab<T>({ neverMs }: BenchSize, cloud: boolean, work: (scene: Scene) => Promise<T>): Promise<T> {
  await using lab = await startPhoneLab({ cloud, graceMs: 10_000 });
  await using worker = await BenchWorker.start(lab);
  return await work({ lab, worker, neverMs });
}

async function inTurns<T>(
  size: BenchSize,
  libraries: readonly Library[],
  call: (library: Library) => Promise<T>,
): Promise<Both<T>> {
  const taken: Both<T> = { ours: [], rival: [] };
  const turns = Array.from({ length: size.calls }, () => libraries).flat();
  await takeAll(turns, size, async (library) => taken[library].push(await call(library)));
  return taken;
}

const toldOf = (of: Both<number>): { ours: Measured; rival: Measured } => ({
  ours: told(of.ours),
  rival: told(of.rival),
});

/** What never happened is said, not averaged away. */
function told(values: readonly number[]): Measured {
  const never = values.filter((value) => !Number.isFinite(value)).length;
  return never === 0 ? values : `never in ${never} of ${values.length}`;
}
