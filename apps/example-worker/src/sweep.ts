import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { sweepConsultRooms, type SweepItem, type SweepOptions } from '@org/consult-room';

const units = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** `90s`, `10m`, `1h`, in milliseconds. */
function readDuration(name: string, text: string): number {
  const [, amount, unit] = /^(\d+)([smh])$/.exec(text) ?? [];
  if (amount === undefined || unit === undefined) {
    throw new Error(`--${name} must be a number of seconds, minutes or hours, such as 90s, 10m or 1h, not "${text}"`);
  }
  return Number(amount) * units[unit as keyof typeof units];
}

/** The options of the command line and the environment. */
export function readSweepOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): SweepOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'dry-run': { type: 'boolean', default: false },
      'older-than': { type: 'string', default: '10m' },
      grace: { type: 'string', default: '1m' },
    },
  });
  const from = (name: string): string => {
    const value = environment[name];
    if (!value) throw new Error(`${name} is not set`);
    return value;
  };
  return {
    url: from('LIVEKIT_URL'),
    apiKey: from('LIVEKIT_API_KEY'),
    apiSecret: from('LIVEKIT_API_SECRET'),
    dryRun: values['dry-run'],
    olderThanMs: readDuration('older-than', values['older-than']),
    graceMs: readDuration('grace', values.grace),
  };
}

/** The line that reports a find and its handling. */
function describe({ kind, id, action, reason, error }: SweepItem): string {
  return [
    action,
    kind,
    id,
    ...(reason === undefined ? [] : [`(${reason})`]),
    ...(error === undefined ? [] : [error.message]),
  ].join(' ');
}

/** For a cron job: frees who is held in the consult rooms of workers that died. */
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const items = await sweepConsultRooms(readSweepOptions(process.argv.slice(2), process.env));
  for (const item of items) process.stdout.write(`${describe(item)}\n`);
  process.exitCode = items.some(({ action }) => action === 'failed') ? 1 : 0;
}
