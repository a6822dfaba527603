import { validateBriefingOptions } from '@org/briefing-agent';
import { isEncrypted } from '@org/consult-room';
import { SipDialer } from '@org/sip-dialer';
import { RoomServiceClient } from 'livekit-server-sdk';
import { HoldAdapter } from '../adapters/hold-adapter.js';
import type { ConsultRoomAdapter } from '../adapters/consult-room-adapter.js';
import { CallerAdapter } from '../adapters/caller-adapter.js';
import { systemClock } from '../adapters/system-clock.js';
import type { ConnectedCallEnd } from '../outcome/connected-call-end.js';
import { endJob, isDone } from '../session/end-job.js';
import { playIntroduction } from '../speech/play-introduction.js';
import { sayInCall } from '../speech/say-in-call.js';
import type { OptionProblem } from '@org/support';
import { awaitCaller } from '../session/await-caller.js';
import { briefingOptionName, toBriefingOptions } from './briefing-options.js';
import { checkFramework } from '../session/check-framework.js';
import { validateTransferOptions } from '../options/validate-transfer-options.js';
import { resolveCallSettings } from '../options/resolve-call-settings.js';
import { type AttemptContext, createAttemptPorts, createConsultRoomAdapter } from './create-attempt-ports.js';
import { createCancelPhraseListener } from '../speech/create-cancel-phrase-listener.js';
import { createHoldAudio, restartOnceOnTrackFailure, missingVoiceError } from '../speech/create-hold-audio.js';
import { loadLocalClip } from '../speech/load-local-clip.js';
import { PhaseAnnouncer } from '../speech/phase-announcer.js';
import { type CallerLocation, locateCaller } from '../session/locate-caller.js';
import { resolveLimits, type TransferLimits } from '../options/limits.js';
import type { Setup } from '../machine/types/plan.js';
import type { ConnectedCall } from '../outcome/connected-call.js';
import { resolveBriefingModels } from './briefing-models.js';
import { callProblems } from '../options/delegated.js';
import { transferOptions } from '../options/transfer-shape.js';
import { collectProblems, throwIfInvalid } from '../options/checks/validate.js';
import type { TransferPorts } from '../runtime/ports.js';
import type { PlacedTarget } from '../options/targets/parse-targets.js';
import { TargetRouter } from '../adapters/target-router.js';
import type { TransferTarget } from '../options/targets/transfer-target.js';
import type { WarmTransferOptions } from '../options/transfer-options.js';
import type { TransferPhaseEvent, TransferWaitEvent } from '../outcome/transfer-phase.js';
import { createSynthesize } from '../speech/synthesize.js';
import { resolveAnnouncementTts } from '../speech/announcement-tts.js';
import { WarmTransferError } from '../warm-transfer-error.js';

export interface TransferWiring {
  readonly ports: Omit<TransferPorts, 'policy'>;
  /** Returns a target that was called. */
  readonly findTarget: (key: string) => TransferTarget;
  /** Announces a phase to a caller on hold, if there is a text for it. */
  readonly announcePhase: (event: TransferPhaseEvent) => void;
  /** Plays the introduction to both sides of a call, without waiting for it, and lets both hear `session.say()`. */
  readonly onConnected: (call: ConnectedCall, humanAgentName: string | undefined) => void;
  /**
   * Checks, before the caller is on hold, what the constructor could not: a session that has started since, and the
   * clip.
   */
  readonly prepareRun: (signal: AbortSignal) => Promise<void>;
  /** Creates the first consult room and publishes the hold track ahead. Failures are reported on use. */
  readonly prepare: () => void;
  /** Deletes the room and unpublishes the track if they were not used. */
  readonly release: () => Promise<void>;
  /** Ends session, room and job of an ended call, if `onCallEnded` is set so. */
  readonly onCallEnded: (over: ConnectedCallEnd) => Promise<void>;
  readonly location: CallerLocation;
  readonly limits: TransferLimits;
  readonly setup: Setup;
}

/**
 * Creates the ports of a transfer from the packages. Starts nothing; invalid options are rejected here.
 *
 * @param warn receives non-fatal errors
 * @param onWaiting called when a queue, a menu or a call screening is on the line before a human agent, and when it no
 * longer is
 */
export function createPorts(
  options: WarmTransferOptions,
  transferId: string,
  warn: (cause: unknown) => void,
  onWaiting: (event: TransferWaitEvent) => void,
): TransferWiring {
  const targets = validateTransferOptions(options, transferOptions);
  checkFramework(options.session);
  const location = locateCaller(options);
  const { room, callerIdentity, url, apiKey, apiSecret } = location;
  const dialer = new SipDialer({ url, apiKey, apiSecret });
  const models = resolveBriefingModels(options);
  const limits = resolveLimits(options.limits, { ringingTimeoutMs: options.ringingTimeout ?? undefined });
  const briefingProblems = ({ target, option }: PlacedTarget): readonly OptionProblem[] =>
    collectProblems(
      () => validateBriefingOptions({ ...toBriefingOptions(options, target, limits), models }),
      (name) => briefingOptionName(name, target, option),
    );
  throwIfInvalid([...new Map(targets.flatMap(briefingProblems).map((one) => [one.option, one])).values()]);
  const check = (target: TransferTarget): void => {
    const placed = { target, option: 'targets', numberOption: 'targets' };
    throwIfInvalid([...callProblems(placed, resolveCallSettings(options, target)), ...briefingProblems(placed)]);
  };
  const router = new TargetRouter({ ...options, clock: systemClock, check });
  // A repeated request fails with "not found" after it worked, so the SDK must not repeat it.
  const rooms = new RoomServiceClient(url, apiKey, apiSecret, { failover: false });
  let firstRoom: ConsultRoomAdapter | undefined = createConsultRoomAdapter({ options, location, transferId }, '1');

  const voice = resolveAnnouncementTts(options, models);
  const synthesize = voice === undefined ? undefined : createSynthesize(voice);
  const hold = createHoldAudio(options, room, synthesize);
  hold.on('source-failed', ({ error }) => warn(error));
  hold.on('announcement-failed', ({ error }) => warn(error));
  restartOnceOnTrackFailure(hold, warn);
  const cancelListener = createCancelPhraseListener(options, location, models, warn);
  const holdAdapter = new HoldAdapter({ hold, cancelListener, clock: systemClock });
  const { introduction, holdCallerOn = 'dial' } = options;
  if (synthesize === undefined) {
    if (typeof introduction === 'string') throw missingVoiceError('introduction');
    if (options.afterConnect?.onCallerHangUp === 'announce') throw missingVoiceError('afterConnect.onCallerHangUp');
  }
  const phases = new PhaseAnnouncer(options.phaseAnnouncements ?? {}, hold, warn);
  const caller = new CallerAdapter({
    session: options.session,
    room,
    callerIdentity,
    rooms,
    dialer,
    cancelKey: options.cancelKey,
    cancelListener,
    hangingUpMs: limits.hangingUpMs,
    ringingTimeoutMs: options.ringingTimeout ?? 30_000,
    onSessionClosed: options.onSessionClosed ?? 'hang-up',
    warn,
  });

  return {
    location,
    limits,
    setup: {
      holdCallerOn,
      maxAttempts: options.maxAttempts ?? 10,
      ...(options.afterConnect === undefined ? {} : { afterConnect: options.afterConnect }),
    },
    findTarget: (key) => router.find(key),
    announcePhase: (event) => phases.announce(event),
    onConnected: (call, humanAgentName) => {
      void call.ended.then(sayInCall(options.session, call, warn));
      if (introduction === undefined) return;
      const { humanAgentIdentity } = call;
      const context = { transferId, humanAgentIdentity, ...(humanAgentName === undefined ? {} : { humanAgentName }) };
      const limitMs = limits.introductionMs;
      void playIntroduction(call, context, { introduction, synthesize, clock: systemClock, limitMs }).catch(warn);
    },
    prepareRun: async (signal) => {
      checkFramework(options.session);
      await awaitCaller(room, callerIdentity, signal);
      if (isEncrypted(room, callerIdentity ?? '')) throw new WarmTransferError('encrypted', encryptedMessage);
      await loadLocalClip(hold, options.holdAudio, signal);
    },
    prepare: () => {
      const created = firstRoom?.precreate();
      if (holdCallerOn === 'dial') void holdAdapter.publishAhead(created);
    },
    release: async () => {
      await firstRoom?.close();
      await holdAdapter.release();
    },
    onCallEnded: async (over) => {
      if (options.onCallEnded === 'end-job' && isDone(over)) await endJob(options.session, location, rooms);
    },
    ports: {
      caller,
      hold: holdAdapter,
      targets: router,
      attempt: (key, attemptId, callerId) => {
        const target = router.find(key);
        const shown = callerId === undefined ? target : { ...target, callerId, sipNumber: undefined };
        const context: AttemptContext = {
          options,
          location,
          models,
          dialer,
          rooms,
          limits,
          transferId,
          synthesize,
          warn,
          onWaiting: (waitingBehind) => {
            const event = { transferId, attemptId, at: systemClock.now(), waitingBehind };
            onWaiting(event);
            phases.announce(event);
          },
        };
        const consult = firstRoom ?? createConsultRoomAdapter(context, attemptId);
        firstRoom = undefined;
        return createAttemptPorts(context, shown, consult, router.departmentOf(key));
      },
      clock: systemClock,
    },
  };
}

const encryptedMessage =
  'the room or the audio of the caller is end-to-end encrypted: a phone, which has no key, cannot be connected';
