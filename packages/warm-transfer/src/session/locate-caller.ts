import { getJobContext, type JobContext, type voice } from '@livekit/agents';
import { ParticipantKind, type Room } from '@livekit/rtc-node';
import type { WarmTransferOptions } from '../options/transfer-options.js';
import { WarmTransferError } from '../warm-transfer-error.js';

/** Where the caller is, and with what right we act there. */
export interface CallerLocation {
  readonly room: Room;
  readonly callerRoomName: string;
  /** Absent when the caller has already left. */
  readonly callerIdentity: string | undefined;
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** Whom an agent session can be linked to. */
const callerKinds: readonly (ParticipantKind | undefined)[] = [
  ParticipantKind.STANDARD,
  ParticipantKind.SIP,
  ParticipantKind.CONNECTOR,
];

/**
 * Options first, then the session (for the room), then the running job, then the environment.
 *
 * @throws WarmTransferError `no-session` when there is no caller to transfer, `invalid-option` without credentials.
 */
export function locateCaller(
  options: Pick<WarmTransferOptions, 'session' | 'room' | 'callerIdentity' | 'url' | 'apiKey' | 'apiSecret'>,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): CallerLocation {
  const job = jobOf(options.session);
  const room = options.room ?? options.session._roomIO?.rtcRoom ?? job?.room;
  if (room?.name === undefined) {
    throw new WarmTransferError(
      'no-session',
      'no caller room: run inside a job that has joined its room, or give `room`',
    );
  }
  const callerIdentity = options.callerIdentity ?? linkedTo(options.session) ?? onlyCallerOf(room);
  const url = options.url ?? job?.info.url ?? environment['LIVEKIT_URL'];
  const apiKey = options.apiKey ?? job?.info.apiKey ?? environment['LIVEKIT_API_KEY'];
  const apiSecret = options.apiSecret ?? job?.info.apiSecret ?? environment['LIVEKIT_API_SECRET'];
  for (const [name, value] of Object.entries({ url, apiKey, apiSecret })) {
    if (!value) {
      throw new WarmTransferError(
        'invalid-option',
        `\`${name}\` is not known: give it, or run inside a job, or set the LIVEKIT_ variables`,
      );
    }
  }
  return {
    room,
    callerRoomName: room.name,
    callerIdentity,
    url: url ?? '',
    apiKey: apiKey ?? '',
    apiSecret: apiSecret ?? '',
  };
}

/**
 * The running job. What begins with an event of the room, such as a tool that is called for a typed message, runs outside
 * of the job's context; the room I/O of the session was made inside.
 */
export function jobOf(session: voice.AgentSession): JobContext | undefined {
  const remembered: JobContext | undefined = session._roomIO?.['jobContext'];
  return getJobContext(false) ?? remembered;
}

/** The participant a session listens to is kept by its room I/O, which is internal to the agents package. */
function linkedTo(session: voice.AgentSession): string | undefined {
  return session._roomIO?.linkedParticipant?.identity;
}

function onlyCallerOf(room: Room): string | undefined {
  const callers = [...room.remoteParticipants.values()].filter(({ info }) => callerKinds.includes(info.kind));
  const [caller] = callers;
  if (callers.length > 1) {
    throw new WarmTransferError(
      'invalid-option',
      `there are ${callers.length} callers in the room: give \`callerIdentity\``,
    );
  }
  return caller?.identity;
}
