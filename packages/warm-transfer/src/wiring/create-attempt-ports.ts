import type { BriefingModels, WaitKind } from '@org/briefing-agent';
import { validateConsultRoomOptions } from '@org/consult-room';
import type { Synthesize } from '@org/hold-audio';
import type { SipDialer } from '@org/sip-dialer';
import type { RoomServiceClient } from 'livekit-server-sdk';
import { BriefingAdapter } from '../adapters/briefing-adapter.js';
import { MergeAdapter } from '../adapters/merge-adapter.js';
import { ConsultRoomAdapter } from '../adapters/consult-room-adapter.js';
import { DialerAdapter } from '../adapters/dialer-adapter.js';
import { toBriefingOptions, callerLeftText } from './briefing-options.js';
import { resolveCallSettings } from '../options/resolve-call-settings.js';
import { resolveLimits, type TransferLimits } from '../options/limits.js';
import type { CallerLocation } from '../session/locate-caller.js';
import { collectProblems, throwIfInvalid } from '../options/checks/validate.js';
import type { AttemptPorts } from '../runtime/ports.js';
import { readCallerNumber, shownNumber } from '../options/targets/caller-id.js';
import type { TransferTarget } from '../options/targets/transfer-target.js';
import type { WarmTransferOptions } from '../options/transfer-options.js';
import { sayInRoom } from '../speech/say-in-room.js';

/** The context that all attempts of a transfer share. */
export interface AttemptContext {
  readonly options: WarmTransferOptions;
  readonly location: CallerLocation;
  readonly models: BriefingModels;
  readonly dialer: SipDialer;
  readonly rooms: RoomServiceClient;
  readonly limits: TransferLimits;
  readonly transferId: string;
  /** Synthesizes speech outside of a session, if there is a TTS. */
  readonly synthesize: Synthesize | undefined;
  /** Receives non-fatal errors. */
  readonly warn: (cause: unknown) => void;
  /**
   * Called when a queue, a menu or a call screening is on the line before the human agent, and with null when it no
   * longer is.
   */
  readonly onWaiting: (behind: WaitKind | null) => void;
}

/** Returns the given name for the consult room of the first attempt, with a number for later ones. */
function toRoomName({ roomName }: WarmTransferOptions, attemptId: string): string | undefined {
  return roomName === undefined || attemptId === '1' ? roomName : `${roomName}-${attemptId}`;
}

/** Creates the adapter of a consult room. @throws WarmTransferError `invalid-option` */
export function createConsultRoomAdapter(
  { options, location, transferId }: Pick<AttemptContext, 'options' | 'location' | 'transferId'>,
  attemptId: string,
): ConsultRoomAdapter {
  const { callerRoomName, url, apiKey, apiSecret } = location;
  const consult = { url, apiKey, apiSecret, callerRoomName, transferId, name: toRoomName(options, attemptId) };
  throwIfInvalid(collectProblems(() => validateConsultRoomOptions(consult), roomOptionName));
  return new ConsultRoomAdapter(consult);
}

/** Returns the user's name of an option of the consult room. */
function roomOptionName(option: string): string {
  return option === 'name' ? 'roomName' : option;
}

/** Creates the ports of one attempt from the packages. Starts nothing. `department` is that of the target, if known. */
export function createAttemptPorts(
  context: AttemptContext,
  target: TransferTarget,
  consult: ConsultRoomAdapter,
  department?: string,
): AttemptPorts {
  const { options, location, models, dialer, rooms, limits, warn, synthesize, onWaiting } = context;
  const { room, callerIdentity, url, apiKey, apiSecret } = location;
  const { humanIdentity } = consult;
  const shown = shownNumber(options, target, { callerNumber: readCallerNumber(room, callerIdentity) });
  const call = resolveCallSettings(options, target, process.env, shown);
  const leg = { ...call, participantIdentity: humanIdentity, participantName: target.name ?? 'Human agent' };
  const briefingOptions = toBriefingOptions(options, target, limits, department);
  const { totalMs, sayMs, waitingMs } = briefingOptions.limits;
  const briefing = new BriefingAdapter({
    joined: consult.joined,
    humanIdentity,
    models,
    chatCtx: options.chatCtx ?? options.session.history.copy(),
    ...briefingOptions,
    onWaiting,
    sayAfterClose: synthesize && ((consultRoom) => sayInRoom(consultRoom, callerLeftText(options), synthesize)),
  });
  const { rejoin, ...joining } = options.merge ?? {};
  const merge = new MergeAdapter({
    ...joining,
    rejoin: rejoin && { hidePhoneNumber: call.hidePhoneNumber, ...rejoin },
    callerRoom: room,
    callerIdentity: callerIdentity ?? '',
    joined: consult.joined,
    humanIdentity,
    server: { url, apiKey, apiSecret },
    rooms,
    // An error is reported by the close that ends the attempt.
    onTogether: () => void consult.close().catch(() => undefined),
    onWarning: warn,
  });
  return {
    consult: {
      open: (signal) => consult.open(signal),
      join: (signal) => consult.join(signal),
      close: () => consult.close(),
      onHumanLeft: (listener) =>
        consult.onHumanLeft((how) => {
          if (!merge.ownsHumanWatch) listener(how);
        }),
      onLost: (listener) =>
        consult.onLost((cause) => {
          if (!merge.ownsHumanWatch) listener(cause);
        }),
    },
    dialer: new DialerAdapter(
      dialer,
      () => ({ ...leg, roomName: consult.name, watch: consult.joined }),
      shown.fallbackOn,
    ),
    briefing,
    merge,
    limits: {
      dialingMs: resolveLimits(options.limits, call).dialingMs,
      // The briefing has limits of its own, with a sentence; this one guards them.
      briefingMs: totalMs + waitingMs + sayMs + GUARD_MS,
      farewellMs: sayMs,
    },
  };
}

const GUARD_MS = 2_000;
