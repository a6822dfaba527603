import { getJobContext, type JobContext, type voice } from '@livekit/agents';
import { ParticipantKind, type Room } from '@livekit/rtc-node';
import type { WarmTransferOptions } from '../options/transfer-options.js';
import { WarmTransferError } from '../warm-transfer-error.js';

/** The caller's room and identity, with the credentials of the server. */
export interface CallerLocation {
  readonly room: Room;
  readonly callerRoomName: string;
  /** Absent when the caller has already left. */
  readonly callerIdentity: string | undefined;
  readonly url: string;
  readonly apiKey: string;
  readonly apiSecret: string;
}

/** Kinds of participants that an agent session can be linked to. */
const callerKinds: readonly (ParticipantKind | undefined)[] = [
  ParticipantKind.STANDARD,
  ParticipantKind.SIP,
  ParticipantKind.CONNECTOR,
];

/**
 * Finds the caller: by the options, then the session (for the room), then the running job, then the environment.
 *
 * @throws WarmTransferError `no-session` if there is no caller room, `invalid-option` without credentials.
 */
export function locateCaller(
  options: Pick<WarmTransferOptions, 'session' | 'room' | 'callerIdentity' | 'url' | 'apiKey' | 'apiSecret'>,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): CallerLocation {
  const job = getJob(options.session);
  const room = options.room ?? options.session._roomIO?.rtcRoom ?? job?.room;
  if (room?.name === undefined) {
    throw new WarmTransferError(
      'no-session',
      'no caller room: run inside a job that has joined its room, or give `room`',
    );
  }
  const callerIdentity = options.callerIdentity ?? getLinkedIdentity(options.session) ?? findOnlyCaller(room);
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
 * Returns the running job. Code that starts with an event of the room, such as a tool that is called for a typed
 * message, runs outside of the job's context; the room I/O of the session was created inside.
 */
export function getJob(session: voice.AgentSession): JobContext | undefined {
  const remembered: JobContext | undefined = session._roomIO?.['jobContext'];
  return getJobContext(false) ?? remembered;
}

/** Returns the participant that a session listens to, from its room I/O, which is internal to the agents package. */
function getLinkedIdentity(session: voice.AgentSession): string | undefined {
  return session._roomIO?.linkedParticipant?.identity;
}

function findOnlyCaller(room: Room): string | undefined {
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
