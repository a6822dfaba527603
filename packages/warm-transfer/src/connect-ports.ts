import { randomUUID } from 'node:crypto';

import type { BriefingModels } from '@org/briefing-agent';
import { BuiltinAudioClip, HoldAudio } from '@org/hold-audio';
import { SipDialer } from '@org/sip-dialer';
import { RoomServiceClient } from 'livekit-server-sdk';
import { BridgeMerge } from './adapters/bridge-merge.js';
import { ConsultBriefing } from './adapters/consult-briefing.js';
import { PrivateRoom } from './adapters/private-room.js';
import { SessionCaller } from './adapters/session-caller.js';
import { SipDial } from './adapters/sip-dial.js';
import { systemClock } from './adapters/system-clock.js';
import { checkCallSettings } from './check-options.js';
import { type CallerLocation, locateCaller } from './locate-caller.js';
import { resolveLimits, type TransferLimits } from './limits.js';
import type { TransferPorts } from './ports.js';
import { defaultFarewells, type WarmTransferOptions } from './transfer-options.js';
import { WarmTransferError } from './warm-transfer-error.js';

export interface Connected {
  readonly ports: TransferPorts;
  /** Opens a clip of the user's, so that one that cannot be played is refused while nobody is on hold. */
  readonly openClip: () => Promise<void>;
  readonly location: CallerLocation;
  readonly limits: TransferLimits;
}

/**
 * The real packages behind the ports, for one attempt. Nothing is begun; what cannot be honored is refused here.
 *
 * @param note takes trouble that ends nothing.
 */
export function connectPorts(
  options: WarmTransferOptions,
  transferId: string,
  note: (cause: unknown) => void,
): Connected {
  const call = checkCallSettings(options);
  const location = locateCaller(options);
  const models = modelsOf(options);
  const limits = resolveLimits(options.limits, options.ringingTimeout ?? undefined);
  const { room, callerRoomName, callerIdentity, url, apiKey, apiSecret } = location;
  const humanIdentity = `human-agent-${randomUUID()}`;

  const hold = new HoldAudio({ room, ...(options.holdAudio === undefined ? {} : { source: options.holdAudio }) });
  hold.on('source-failed', ({ error }) => note(error));

  const dialer = new SipDialer({ url, apiKey, apiSecret });
  const leg = { ...call, participantIdentity: humanIdentity, participantName: 'Human agent' };
  dialer.check({ ...leg, roomName: 'not yet there' });
  const consult = new PrivateRoom(
    { url, apiKey, apiSecret, callerRoomName, transferId, name: options.roomName },
    humanIdentity,
  );
  const briefing = new ConsultBriefing({
    joined: consult.joined,
    humanIdentity,
    models,
    chatCtx: options.chatCtx ?? options.session.history.copy(),
    limits: { totalMs: limits.briefingMs, sayMs: limits.farewellMs },
    farewells: { ...defaultFarewells, ...options.farewells },
    ...(options.instructions === undefined ? {} : { instructions: options.instructions }),
    greeting: options.greetingSpeech ?? null,
    ...(options.tools === undefined ? {} : { tools: options.tools }),
    ...(options.allowInterruptions === undefined ? {} : { allowInterruptions: options.allowInterruptions }),
  });

  return {
    location,
    limits,
    openClip: async () => {
      if (isLocalClip(options.holdAudio)) await hold.prepare();
    },
    ports: {
      caller: new SessionCaller({
        session: options.session,
        room,
        callerIdentity,
        // A replayed request says "not found" after it worked, so the SDK must not replay.
        rooms: new RoomServiceClient(url, apiKey, apiSecret, { failover: false }),
      }),
      hold: {
        start: (signal) => hold.start({ signal }),
        stop: () => hold.stop(),
        close: () => hold.close(),
      },
      consult,
      dialer: new SipDial(dialer, () => ({ ...leg, roomName: consult.name, watch: consult.joined })),
      briefing,
      merge: new BridgeMerge({
        callerRoom: room,
        callerIdentity: callerIdentity ?? '',
        joined: consult.joined,
        humanIdentity,
        onWarning: note,
      }),
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

/** What is not given comes from the caller's session; `null` means none. */
function modelsOf(options: WarmTransferOptions): BriefingModels {
  const { session } = options;
  const stt = options.stt ?? session.stt;
  const llm = options.llm ?? session.llm;
  const tts = options.tts ?? session.tts;
  const vad = options.vad === undefined ? session.vad : options.vad;
  const turnDetection = options.turnDetection === undefined ? session.turnDetection : options.turnDetection;
  if (stt === undefined || tts === undefined || llm === undefined) {
    const missing = Object.entries({ stt, llm, tts }).find(([, model]) => model === undefined);
    throw new WarmTransferError(
      'invalid-option',
      `\`${missing?.[0] ?? 'stt'}\` is missing: the caller's session has none, so give one for the briefing`,
    );
  }
  if (!('chat' in llm)) {
    throw new WarmTransferError(
      'invalid-option',
      '`llm` must be an LLM: the session has a realtime model, which this version cannot brief with',
    );
  }
  return {
    stt,
    llm,
    tts,
    ...(vad === undefined ? {} : { vad }),
    ...(turnDetection === undefined ? {} : { turnDetection }),
  };
}
