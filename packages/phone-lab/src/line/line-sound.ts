import { PhoneLabError } from '../phone-lab-error.js';

/** The effects of a phone's line on sound. */
export interface LineSound {
  /**
   * `pcmu` and `pcma`: what the phone sends goes through G.711 at 8 kHz and back, as on a telephone line. Default `opus`:
   * as it is, 48 kHz.
   */
  readonly codec?: 'opus' | 'pcmu' | 'pcma';
  /** An echo: the phone sends the audio that it hears, this much softer and later. Default none. */
  readonly echo?: {
    /** Default -30 dB; -80 to 0. */
    readonly levelDb?: number;
    /** Default 120 ms; 100 to 2000. */
    readonly delayMs?: number;
  };
  /** Level of the noise that the phone sends all the time, dBFS, -90 to -30. Default none. */
  readonly comfortNoise?: number;
}

export const echoDefaults: Readonly<Required<NonNullable<LineSound['echo']>>> = Object.freeze({
  levelDb: -30,
  delayMs: 120,
});

const codecs: readonly unknown[] = ['opus', 'pcmu', 'pcma'];

/** Whether a line does anything to sound. */
export function changesSound({ codec = 'opus', echo, comfortNoise }: LineSound = {}): boolean {
  return codec !== 'opus' || echo !== undefined || comfortNoise !== undefined;
}

/** Rejects options of a line that cannot be honored, with `invalid-option`. */
export function validateLineSound({ codec, echo, comfortNoise }: LineSound): void {
  if (codec !== undefined && !codecs.includes(codec)) {
    throw new PhoneLabError('invalid-option', `line.codec must be opus, pcmu or pcma, not ${codec as string}`);
  }
  requireWithin('line.echo.levelDb', echo?.levelDb, [-80, 0], 'dB');
  requireWithin('line.echo.delayMs', echo?.delayMs, [100, 2000], 'ms');
  requireWithin('line.comfortNoise', comfortNoise, [-90, -30], 'dBFS');
}

function requireWithin(
  name: string,
  value: number | undefined,
  [least, most]: readonly [number, number],
  unit: string,
): void {
  if (value === undefined || (value >= least && value <= most)) return;
  throw new PhoneLabError('invalid-option', `${name} must be ${least} to ${most} ${unit}, not ${value}`);
}
