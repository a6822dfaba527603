import { validateBriefingOptions } from '@org/briefing-agent';
import { type MergeSettings, validateMergeSettings } from '@org/consult-room';
import { validateHoldAudioOptions } from '@org/hold-audio';
import { validateDialRequest } from '@org/sip-dialer';
import { isObject, type OptionProblem, unknownNames } from '@org/support';
import type { CallSettings } from './resolve-call-settings.js';
import type { BriefingSettings } from './transfer-options.js';
import type { PlacedTarget } from './targets/parse-targets.js';
import { problemsOf } from './checks/validate.js';

/** What the packages below refuse of options that are passed on to them, as far as it is known before there is a room. */
export function delegatedProblems(options: unknown): readonly OptionProblem[] {
  if (!isObject(options)) return [];
  return [
    ...briefingProblems(fieldOf(options, 'briefing')),
    ...holdProblems(fieldOf(options, 'holdAudio'), fieldOf(options, 'holdAnnouncements')),
  ];
}

/** A getter that throws has been found by the shape. */
function fieldOf(options: object, name: string): unknown {
  try {
    return Reflect.get(options, name);
  } catch {
    return undefined;
  }
}

const briefingNames: readonly (keyof BriefingSettings)[] = [
  'context',
  'language',
  'sentences',
  'keys',
  'message',
  'voicemail',
  'limits',
];

function briefingProblems(briefing: unknown): readonly OptionProblem[] {
  if (!isObject(briefing)) return [];
  const known = Object.getOwnPropertyDescriptors(briefing) as Record<string, PropertyDescriptor>;
  const given = Object.fromEntries(briefingNames.map((name) => [name, known[name]] as const).filter(([, one]) => one));
  // The models are those of the session, which is not known yet.
  const settings = Object.defineProperties({ models: undefined }, given as PropertyDescriptorMap) as never;
  const problems = problemsOf(
    () => validateBriefingOptions(settings),
    (option) => `briefing.${option}`,
  );
  return [
    ...unknownNames(briefing, briefingNames, 'briefing'),
    ...problems.filter(({ option }) => !option.startsWith('briefing.models')),
  ];
}

/** The user's names of the hold audio's options. */
export function holdOptionName(option: string): string {
  return option.replace(/^source/, 'holdAudio').replace(/^announcements/, 'holdAnnouncements');
}

function holdProblems(source: unknown, announcements: unknown): readonly OptionProblem[] {
  const given = { source, announcements, synthesize: unspoken } as Parameters<typeof validateHoldAudioOptions>[0];
  return problemsOf(() => validateHoldAudioOptions(given), holdOptionName);
}

async function* unspoken(): AsyncGenerator<never> {}

/** The user's names of the dialer's options. */
const callNames: Readonly<Record<string, string>> = {
  to: 'sipCallTo',
  trunkId: 'sipTrunkId',
  connection: 'sipConnection',
  callerId: 'sipNumber',
  headers: 'sipHeaders',
  ringingTimeoutMs: 'ringingTimeout',
};

/** What the dialer refuses of one call. What the target says itself is named by its place. */
export function callProblems(
  { target, option: place, numberOption }: PlacedTarget,
  call: CallSettings,
): readonly OptionProblem[] {
  const request = { ...call, roomName: NOT_YET, participantIdentity: NOT_YET };
  return problemsOf(
    () => validateDialRequest(request),
    (option) => {
      const [own = ''] = /^\w+/.exec(option) ?? [];
      const name = callNames[own] ?? own;
      const rest = `${name}${option.slice(own.length)}`;
      if (name === 'sipCallTo') return numberOption;
      return name in target ? `${place}.${rest}` : rest;
    },
  );
}

/** Stands for names that exist only with a room. */
const NOT_YET = 'not-yet-there';

/** What the merge refuses; `server` is that of the caller's room. */
export function mergeProblems(
  merge: MergeSettings | undefined,
  server: MergeSettings['server'],
): readonly OptionProblem[] {
  if (merge === undefined) return [];
  return problemsOf(
    () => validateMergeSettings({ ...merge, server }),
    (option) => `merge.${option}`,
  );
}
