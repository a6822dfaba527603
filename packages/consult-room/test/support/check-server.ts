import { DisconnectReason, type RemoteParticipant, RoomEvent } from '@livekit/rtc-node';
import type { RoomServiceClient } from 'livekit-server-sdk';
import { isLiveKitCloud } from '../../src/api/is-livekit-cloud.ts';
import type { ServerAccess } from '../../src/api/server-access.ts';
import { getHttpStatus } from '../../src/api/to-consult-room-error.ts';
import { ConsultRoom, createMerge, sweepConsultRooms } from '../../src/index.ts';
import { fresh, humanIdentity, joinAs, optionsFor, serviceOf, voices } from './fixture.ts';
import { Microphone } from './microphone.ts';

/** A request to a server, and its answer. */
interface Finding {
  readonly what: string;
  /** The answer of LiveKit Cloud, according to the server's public source and the lab that imitates it. */
  readonly assumed: string;
  readonly found: string;
  readonly tookMs: number;
}

/**
 * Checks the answers of a server on which a merge and a sweep rely: about rooms and participants that do not exist, and
 * whether it moves a participant. Creates two rooms with four clients of this process, dials no phone, and deletes the
 * rooms at the end.
 */
export async function checkServer(access: ServerAccess): Promise<readonly Finding[]> {
  return [...(await checkAbsence(serviceOf(access))), ...(await checkMerge(access))];
}

async function checkAbsence(service: RoomServiceClient): Promise<readonly Finding[]> {
  const room = fresh('check-absent');
  const absent: readonly (readonly [what: string, assumed: string, ask: () => Promise<unknown>])[] = [
    ['listRooms: a room that is not there', '[]', () => service.listRooms([room])],
    ['listParticipants: a room that is not there', '503', () => service.listParticipants(room)],
    ['deleteRoom: a room that is not there', '404', () => service.deleteRoom(room)],
    ['removeParticipant: nobody', '503', () => service.removeParticipant(room, 'nobody')],
    ['moveParticipant: nobody', '503', () => service.moveParticipant(room, 'nobody', `${room}-other`)],
  ];
  const findings: Finding[] = [];
  // One after the other, so that the times are those of one request.
  for (const [what, assumed, ask] of absent) findings.push({ what, assumed, ...(await timed(ask)) });
  return findings;
}

async function checkMerge(access: ServerAccess): Promise<readonly Finding[]> {
  const service = serviceOf(access);
  const name = fresh('check-caller');
  const seen: string[] = [];
  await using callerRoom = await joinAs(access, name, 'ai-agent', { kind: 'agent' });
  await using caller = await joinAs(access, name, 'caller');
  await using _callerVoice = await Microphone.on(caller, voices.caller);
  await using consult = await ConsultRoom.create(optionsFor(access, name));
  const consultRoom = await consult.join();
  await using human = await joinAs(access, consult.name, humanIdentity);
  await using _humanVoice = await Microphone.on(human, voices.human);
  callerRoom.on(RoomEvent.ParticipantConnected, ({ identity }) => void seen.push(`${identity} came to the caller`));
  consultRoom.on(
    RoomEvent.ParticipantDisconnected,
    (left) => void seen.push(`${left.identity} left (${reasonOf(left)})`),
  );
  await using merge = createMerge({
    callerRoom,
    callerIdentity: 'caller',
    consultRoom,
    humanIdentity,
    server: access,
    supportsMove: true,
    verifyTimeoutMs: 10_000,
    onWarning: (warning) => void seen.push(`warning ${warning.code}: ${warning.message}`),
  });
  await merge.publishTracks();
  const merged = await timed(async () => {
    const result = await merge.merge();
    return result.merged ? `merged by ${result.by}` : `not merged: ${result.reason}`;
  });
  const list = async (): Promise<string> =>
    (await service.listParticipants(name))
      .map(({ identity }) => identity)
      .toSorted()
      .join(', ');
  const listed = await timed(list);
  const events = { found: seen.join('; ') || 'none', tookMs: 0 };
  const sweep = await timed(async () => {
    const items = await sweepConsultRooms({ ...access, olderThanMs: 0, graceMs: 0, dryRun: true });
    return items.find(({ id }) => id === consult.name)?.reason ?? 'not listed';
  });
  await merge.close();
  const closed = await timed(async () => ((await consult.close()).clean ? 'clean' : 'not clean'));
  await service.deleteRoom(name);
  return [
    { what: 'host', assumed: 'a host of LiveKit Cloud', found: cloudOrNot(access.url), tookMs: 0 },
    { what: '`auto`: the merge', assumed: 'merged by move', ...merged },
    { what: 'the caller room then lists', assumed: 'ai-agent, caller, human-agent', ...listed },
    { what: 'what both rooms showed of it', assumed: 'the human agent left, and came', ...events },
    { what: 'a sweep keeps the consult room, because of', assumed: 'agent', ...sweep },
    { what: 'closing the consult room', assumed: 'clean', ...closed },
  ];
}

function cloudOrNot(url: string): string {
  return isLiveKitCloud(url) ? 'a host of LiveKit Cloud' : 'another host: give `supportsMove: true` if it moves';
}

function reasonOf({ disconnectReason }: RemoteParticipant): string {
  return disconnectReason === undefined
    ? 'no reason'
    : (DisconnectReason[disconnectReason] ?? String(disconnectReason));
}

async function timed(ask: () => Promise<unknown>): Promise<Pick<Finding, 'found' | 'tookMs'>> {
  const startedAt = performance.now();
  const found = await ask().then(shown, refusal);
  return { found, tookMs: Math.round(performance.now() - startedAt) };
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'done');
}

function refusal(error: unknown): string {
  return `${getHttpStatus(error) ?? 'no answer'} ${error instanceof Error ? error.message : ''}`.trim();
}
