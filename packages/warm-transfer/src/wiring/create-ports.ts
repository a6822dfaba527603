import { validateBriefingOptions } from '@org/briefing-agent';
import { isEncrypted } from '@org/consult-room';
import { BuiltinAudioClip, type HoldAudio } from '@org/hold-audio';
import { SipDialer } from '@org/sip-dialer';
import { RoomServiceClient } from 'livekit-server-sdk';
import { CallerHold } from '../adapters/hold-adapter.js';
import type { PrivateRoom } from '../adapters/consult-room-adapter.js';
import { SessionCaller } from '../adapters/caller-adapter.js';
import { systemClock } from '../adapters/system-clock.js';
import type { CallOver } from '../outcome/connected-call-end.js';
import { endJob, isDone } from '../session/end-job.js';
import { introduce } from '../speech/play-introduction.js';
import { sayInCall } from '../speech/say-in-call.js';
import type { Introduced } from '../options/introduction.js';
import type { OptionProblem } from '@org/support';
import { awaitCaller } from '../session/await-caller.js';
import { briefingOptionName, briefingOptionsOf } from './briefing-options.js';
import { checkFramework } from '../session/check-framework.js';
import { checkTransferOptions } from '../options/validate-transfer-options.js';
import { checkCallSettings } from '../options/resolve-call-settings.js';
import { type AttemptSurroundings, connectAttempt, newPrivateRoom } from './create-attempt-ports.js';
import { hearCancelOf } from '../speech/create-cancel-phrase-listener.js';
import { newHold, playOnceMoreIfBroken, speechless } from '../speech/create-hold-audio.js';
import { TellPhases } from '../speech/phase-announcer.js';
import { type CallerLocation, locateCaller } from '../session/locate-caller.js';
import { resolveLimits, type TransferLimits } from '../options/limits.js';
import type { Setup } from '../machine/types/plan.js';
import type { MergedCall } from '../outcome/merged-call.js';
import { modelsOf } from './briefing-models.js';
import { callProblems } from '../options/delegated.js';
import { transferOptions } from '../options/transfer-shape.js';
import { problemsOf, refuse } from '../options/checks/validate.js';
import type { TransferPorts } from '../runtime/ports.js';
import type { PlacedTarget } from '../options/targets/parse-targets.js';
import { TargetDirectory } from '../adapters/target-router.js';
import type { TransferTarget } from '../options/targets/transfer-target.js';
import type { WarmTransferOptions } from '../options/transfer-options.js';
import type { TransferPhaseEvent, TransferWaitEvent } from '../outcome/transfer-phase.js';
import { speakWith } from '../speech/synthesize.js';
import { voiceOf } from '../speech/announcement-tts.js';
import { WarmTransferError } from '../warm-transfer-error.js';

export interface Connected {
  readonly ports: Omit<TransferPorts, 'policy'>;
  /** What is known about a target that has been called. */
  readonly targetOf: (key: string) => TransferTarget;
  /** Tells a caller on hold of a phase, where there are words for it. */
  readonly tellCaller: (event: TransferPhaseEvent) => void;
  /** Speaks the introduction to both of a call that has begun, not waited for, and lets both hear `session.say()`. */
  readonly speakTo: (call: MergedCall, who: Introduced) => void;
  /** Checks what the constructor could not, while nobody is on hold: a session that has started since, a clip to be opened. */
  readonly makeReady: (signal: AbortSignal) => Promise<void>;
  /** Creates the first consult room and publishes the hold track ahead. Failures are reported when they are used. */
  readonly prepare: () => void;
  /** Deletes the room and unpublishes the track if they were not used. */
  readonly release: () => Promise<void>;
  /** Ends session, room and job of a call that has ended, unless the program goes on. */
  readonly onCallEnded: (over: CallOver) => Promise<void>;
  readonly location: CallerLocation;
  readonly limits: TransferLimits;
  readonly setup: Setup;
}

/**
 * The real packages behind the ports. Nothing is begun; what cannot be honored is refused here.
 *
 * @param note takes trouble that ends nothing.
 * @param onWaiting called when something is on a human agent's line instead of them, and when it no longer is
 */
export function connectPorts(
  options: WarmTransferOptions,
  transferId: string,
  note: (cause: unknown) => void,
  onWaiting: (event: TransferWaitEvent) => void,
): Connected {
  const { directory: known, targets } = checkTransferOptions(options, transferOptions);
  checkFramework(options.session);
  const location = locateCaller(options);
  const { room, callerIdentity, url, apiKey, apiSecret } = location;
  const dialer = new SipDialer({ url, apiKey, apiSecret });
  const models = modelsOf(options);
  const limits = resolveLimits(options.limits, { ringingTimeoutMs: options.ringingTimeout ?? undefined });
  const briefingProblems = ({ target, option }: PlacedTarget): readonly OptionProblem[] =>
    problemsOf(
      () => validateBriefingOptions({ ...briefingOptionsOf(options, target, limits), models }),
      (name) => briefingOptionName(name, target, option),
    );
  refuse([...new Map(targets.flatMap(briefingProblems).map((one) => [one.option, one])).values()]);
  const check = (target: TransferTarget): void => {
    const placed = { target, option: 'targets', numberOption: 'targets' };
    refuse([...callProblems(placed, checkCallSettings(options, target)), ...briefingProblems(placed)]);
  };
  const directory = new TargetDirectory({ ...known, clock: systemClock, check });
  // A replayed request says "not found" after it worked, so the SDK must not replay.
  const rooms = new RoomServiceClient(url, apiKey, apiSecret, { failover: false });
  let firstRoom: PrivateRoom | undefined = newPrivateRoom({ options, location, transferId }, '1');

  const voice = voiceOf(options, models);
  const synthesize = voice === undefined ? undefined : speakWith(voice);
  const hold = newHold(options, room, synthesize);
  hold.on('source-failed', ({ error }) => note(error));
  hold.on('announcement-failed', ({ error }) => note(error));
  playOnceMoreIfBroken(hold, note);
  const hearCancel = hearCancelOf(options, location, models, note);
  const callerHold = new CallerHold({ hold, hearCancel, clock: systemClock });
  const { introduction, holdFrom = 'dial' } = options;
  if (synthesize === undefined) {
    if (typeof introduction === 'string') throw speechless('introduction');
    if (options.supervision?.callerLeaves === 'tell') throw speechless('supervision.callerLeaves');
  }
  const phases = new TellPhases(options.holdTexts ?? {}, hold, note);
  const caller = new SessionCaller({
    session: options.session,
    room,
    callerIdentity,
    rooms,
    dialer,
    cancelKey: options.cancelKey,
    hearCancel,
    hangingUpMs: limits.hangingUpMs,
    ringingTimeoutMs: options.ringingTimeout ?? 30_000,
    onSessionClosed: options.onSessionClosed ?? 'hang-up',
    note,
  });

  return {
    location,
    limits,
    setup: {
      holdFrom,
      maxAttempts: options.maxAttempts ?? 10,
      ...(options.supervision === undefined ? {} : { supervision: options.supervision }),
    },
    targetOf: (key) => directory.find(key),
    tellCaller: (event) => phases.tell(event),
    speakTo: (call, who) => {
      void call.ended.then(sayInCall(options.session, call, note));
      if (introduction === undefined) return;
      const limitMs = limits.introductionMs;
      void introduce(call, who, { introduction, synthesize, clock: systemClock, limitMs }).catch(note);
    },
    makeReady: async (signal) => {
      checkFramework(options.session);
      await awaitCaller(room, callerIdentity, signal);
      if (isEncrypted(room, callerIdentity ?? '')) throw new WarmTransferError('encrypted', encryptedMessage);
      if (isLocalClip(options.holdAudio)) await decodeAhead(hold, signal);
    },
    prepare: () => {
      const created = firstRoom?.prepare();
      if (holdFrom === 'dial') void callerHold.prepare(created);
    },
    release: async () => {
      await firstRoom?.close();
      await callerHold.release();
    },
    onCallEnded: async (over) => {
      if (options.onCallEnded === 'end-job' && isDone(over)) await endJob(options.session, location, rooms);
    },
    ports: {
      caller,
      hold: callerHold,
      targets: directory,
      attempt: (key, attemptId, callerId) => {
        const target = directory.find(key);
        const shown = callerId === undefined ? target : { ...target, callerId, sipNumber: undefined };
        const around: AttemptSurroundings = {
          options,
          location,
          models,
          dialer,
          rooms,
          limits,
          transferId,
          synthesize,
          note,
          onWaiting: (waitingBehind) => {
            const event = { transferId, attemptId, at: systemClock.now(), waitingBehind };
            onWaiting(event);
            phases.tell(event);
          },
        };
        const consult = firstRoom ?? newPrivateRoom(around, attemptId);
        firstRoom = undefined;
        return connectAttempt(around, shown, consult, directory.departmentOf(key));
      },
      clock: systemClock,
    },
  };
}

const encryptedMessage =
  'the room or the voice of the caller is end-to-end encrypted: it could not be joined with a phone, which has no key';

/** A clip that takes longer is decoded during the hold; the caller has the built-in one until then. */
const DECODE_AHEAD_MS = 2000;

/** Rejects when the clip cannot be played. */
async function decodeAhead(hold: HoldAudio, signal: AbortSignal): Promise<void> {
  const enough = AbortSignal.any([signal, AbortSignal.timeout(DECODE_AHEAD_MS)]);
  try {
    await hold.load({ signal: enough });
  } catch (error) {
    if (!enough.aborted) throw error;
  }
}

/** Bytes, or the path of a file. What comes from elsewhere may take its time: a failure is known later, and degraded. */
function isLocalClip(source: WarmTransferOptions['holdAudio']): boolean {
  if (source instanceof Uint8Array) return true;
  const isUrl = typeof source === 'string' && /^[a-z][a-z0-9+.-]+:/i.test(source);
  return typeof source === 'string' && !isUrl && source !== BuiltinAudioClip.HOLD_MUSIC;
}
