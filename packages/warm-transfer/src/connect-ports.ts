import { BuiltinAudioClip, HoldAudio } from '@org/hold-audio';
import { SipDialer } from '@org/sip-dialer';
import { RoomServiceClient } from 'livekit-server-sdk';
import { SessionCaller } from './adapters/session-caller.js';
import { systemClock } from './adapters/system-clock.js';
import { checkCallSettings, checkTransferOptions } from './check-options.js';
import { connectAttempt, newHumanIdentity, newPrivateRoom } from './connect-attempt.js';
import { type CallerLocation, locateCaller } from './locate-caller.js';
import { resolveLimits, type TransferLimits } from './limits.js';
import type { Setup } from './machine/plan.js';
import { modelsOf } from './models-of.js';
import type { TransferPorts } from './ports.js';
import { TargetDirectory } from './targets/target-directory.js';
import type { TransferTarget } from './targets/transfer-target.js';
import type { WarmTransferOptions } from './transfer-options.js';

export interface Connected {
  readonly ports: Omit<TransferPorts, 'policy'>;
  /** What is known about a target that has been called. */
  readonly targetOf: (key: string) => TransferTarget;
  /** Opens a clip of the user's, so that one that cannot be played is refused while nobody is on hold. */
  readonly openClip: () => Promise<void>;
  readonly location: CallerLocation;
  readonly limits: TransferLimits;
  readonly setup: Setup;
}

/**
 * The real packages behind the ports. Nothing is begun; what cannot be honored is refused here.
 *
 * @param note takes trouble that ends nothing.
 */
export function connectPorts(
  options: WarmTransferOptions,
  transferId: string,
  note: (cause: unknown) => void,
): Connected {
  const location = locateCaller(options);
  const { room, callerIdentity, url, apiKey, apiSecret } = location;
  const dialer = new SipDialer({ url, apiKey, apiSecret });
  const check = (target: TransferTarget): void =>
    void dialer.check({
      ...checkCallSettings(options, target),
      participantIdentity: 'not yet there',
      roomName: 'not yet there',
    });
  const directory = new TargetDirectory({ ...checkTransferOptions(options, check), clock: systemClock, check });
  const models = modelsOf(options);
  // A replayed request says "not found" after it worked, so the SDK must not replay.
  const rooms = new RoomServiceClient(url, apiKey, apiSecret, { failover: false });
  const limits = resolveLimits(options.limits, options.ringingTimeout ?? undefined);
  newPrivateRoom({ options, location, transferId }, newHumanIdentity(), '1');

  const hold = new HoldAudio({ room, ...(options.holdAudio === undefined ? {} : { source: options.holdAudio }) });
  hold.on('source-failed', ({ error }) => note(error));

  return {
    location,
    limits,
    setup: {
      holdFrom: options.holdFrom ?? 'dial',
      maxAttempts: options.maxAttempts ?? 10,
      ...(options.supervision === undefined ? {} : { supervision: options.supervision }),
    },
    targetOf: (key) => directory.find(key),
    openClip: async () => {
      if (isLocalClip(options.holdAudio)) await hold.prepare();
    },
    ports: {
      caller: new SessionCaller({
        session: options.session,
        room,
        callerIdentity,
        rooms,
        dialer,
        cancelKey: options.cancelKey,
        ringingTimeoutMs: options.ringingTimeout ?? 30_000,
      }),
      hold: {
        start: (signal) => hold.start({ signal }),
        stop: () => hold.stop(),
        close: () => hold.close(),
      },
      targets: directory,
      attempt: (key, attemptId) =>
        connectAttempt(
          { options, location, models, dialer, rooms, limits, transferId, note },
          directory.find(key),
          attemptId,
        ),
      clock: systemClock,
    },
  };
}

/** Bytes, or the path of a file. What comes from elsewhere may take its time: a failure is known later, and degraded. */
function isLocalClip(source: WarmTransferOptions['holdAudio']): boolean {
  if (source instanceof Uint8Array) return true;
  const isUrl = typeof source === 'string' && /^[a-z][a-z0-9+.-]+:/i.test(source);
  return typeof source === 'string' && !isUrl && source !== BuiltinAudioClip.HOLD_MUSIC;
}
