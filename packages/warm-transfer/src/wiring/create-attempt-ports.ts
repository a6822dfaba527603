import type { BriefingModels, WaitKind } from '@org/briefing-agent';
import { validateConsultRoomOptions } from '@org/consult-room';
import type { Synthesize } from '@org/hold-audio';
import type { SipDialer } from '@org/sip-dialer';
import type { RoomServiceClient } from 'livekit-server-sdk';
import { ConsultBriefing } from '../adapters/briefing-adapter.js';
import { ConsultMerge } from '../adapters/merge-adapter.js';
import { PrivateRoom } from '../adapters/consult-room-adapter.js';
import { SipDial } from '../adapters/dialer-adapter.js';
import { briefingOptionsOf, callerLeftText } from './briefing-options.js';
import { checkCallSettings } from '../options/resolve-call-settings.js';
import { resolveLimits, type TransferLimits } from '../options/limits.js';
import type { CallerLocation } from '../session/locate-caller.js';
import { problemsOf, refuse } from '../options/checks/validate.js';
import type { AttemptPorts } from '../runtime/ports.js';
import { readCallerNumber, shownNumber } from '../options/targets/caller-id.js';
import type { TransferTarget } from '../options/targets/transfer-target.js';
import type { WarmTransferOptions } from '../options/transfer-options.js';
import { speakInto } from '../speech/say-in-room.js';

/** What every attempt of a transfer shares. */
export interface AttemptSurroundings {
  readonly options: WarmTransferOptions;
  readonly location: CallerLocation;
  readonly models: BriefingModels;
  readonly dialer: SipDialer;
  readonly rooms: RoomServiceClient;
  readonly limits: TransferLimits;
  readonly transferId: string;
  /** Speaks outside of a session, if anybody can. */
  readonly synthesize: Synthesize | undefined;
  /** Takes trouble that ends nothing. */
  readonly note: (cause: unknown) => void;
  /** Called when something is on the human agent's line instead of them, and with null when it no longer is. */
  readonly onWaiting: (behind: WaitKind | null) => void;
}

/** The consult room of the first attempt has the name that was asked for, the later ones are numbered. */
function roomNameOf({ roomName }: WarmTransferOptions, attemptId: string): string | undefined {
  return roomName === undefined || attemptId === '1' ? roomName : `${roomName}-${attemptId}`;
}

/** A consult room that could be opened. @throws WarmTransferError `invalid-option` */
export function newPrivateRoom(
  { options, location, transferId }: Pick<AttemptSurroundings, 'options' | 'location' | 'transferId'>,
  attemptId: string,
): PrivateRoom {
  const { callerRoomName, url, apiKey, apiSecret } = location;
  const consult = { url, apiKey, apiSecret, callerRoomName, transferId, name: roomNameOf(options, attemptId) };
  refuse(problemsOf(() => validateConsultRoomOptions(consult), roomOptionName));
  return new PrivateRoom(consult);
}

/** The user's names of the consult room's options. */
function roomOptionName(option: string): string {
  return option === 'name' ? 'roomName' : option;
}

/** The real packages behind the ports of one attempt. Nothing is begun. `department` is that of the target, if known. */
export function connectAttempt(
  around: AttemptSurroundings,
  target: TransferTarget,
  consult: PrivateRoom,
  department?: string,
): AttemptPorts {
  const { options, location, models, dialer, rooms, limits, note, synthesize, onWaiting } = around;
  const { room, callerIdentity, url, apiKey, apiSecret } = location;
  const { humanIdentity } = consult;
  const shown = shownNumber(options, target, { callerNumber: readCallerNumber(room, callerIdentity) });
  const call = checkCallSettings(options, target, process.env, shown);
  const leg = { ...call, participantIdentity: humanIdentity, participantName: target.name ?? 'Human agent' };
  const briefingOptions = briefingOptionsOf(options, target, limits, department);
  const { totalMs, sayMs, waitingMs } = briefingOptions.limits;
  const briefing = new ConsultBriefing({
    joined: consult.joined,
    humanIdentity,
    models,
    chatCtx: options.chatCtx ?? options.session.history.copy(),
    ...briefingOptions,
    onWaiting,
    lastWords: synthesize && ((consultRoom) => speakInto(consultRoom, callerLeftText(options), synthesize)),
  });
  const { rejoin, ...joining } = options.merge ?? {};
  const merge = new ConsultMerge({
    ...joining,
    rejoin: rejoin && { hidePhoneNumber: call.hidePhoneNumber, ...rejoin },
    callerRoom: room,
    callerIdentity: callerIdentity ?? '',
    joined: consult.joined,
    humanIdentity,
    server: { url, apiKey, apiSecret },
    rooms,
    // What could not be closed is reported by the close that ends the attempt.
    onTogether: () => void consult.close().catch(ignore),
    onWarning: note,
  });
  return {
    consult: {
      open: (signal) => consult.open(signal),
      join: (signal) => consult.join(signal),
      close: () => consult.close(),
      onHumanLeft: (listener) =>
        consult.onHumanLeft((how) => {
          if (!merge.watching) listener(how);
        }),
      onLost: (listener) =>
        consult.onLost((cause) => {
          if (!merge.watching) listener(cause);
        }),
    },
    dialer: new SipDial(dialer, () => ({ ...leg, roomName: consult.name, watch: consult.joined }), shown.fallbackOn),
    briefing,
    merge,
    limits: {
      dialingMs: resolveLimits(options.limits, call).dialingMs,
      // The briefing keeps its limits itself, with a sentence; this guards them.
      briefingMs: totalMs + waitingMs + sayMs + GUARD_MS,
      farewellMs: sayMs,
    },
  };
}

const GUARD_MS = 2_000;

const ignore = (): void => undefined;
