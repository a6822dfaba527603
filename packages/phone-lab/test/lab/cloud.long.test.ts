import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataPacket_Kind, RoomServiceClient } from 'livekit-server-sdk';
import { expect, test } from 'vitest';
import { startPhoneLab } from '../../src/index.js';
import { findServer } from '../../src/server/find-server.js';
import { freePorts } from '../../src/server/free-ports.js';
import { OwnServer } from '../../src/server/own-server.js';
import { serverConfig, type ServerKey } from '../../src/server/server-config.js';

interface Answer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly afterMs: number;
}

/** What a server says about a room and participants that are not there, by method. */
async function answersOf(url: string, key: ServerKey): Promise<Readonly<Record<string, Answer>>> {
  const rooms = new RoomServiceClient(url, key.apiKey, key.apiSecret, { failover: false });
  await rooms.createRoom({ name: 'there' });
  const asked = {
    'list participants of a room': rooms.listParticipants('gone'),
    'get a participant of a room': rooms.getParticipant('gone', 'human'),
    'send data to a room': rooms.sendData('gone', new Uint8Array(1), DataPacket_Kind.RELIABLE, {}),
    'get a participant': rooms.getParticipant('there', 'human'),
    'mute a participant': rooms.mutePublishedTrack('there', 'human', 'TR_x', true),
    'subscribe a participant': rooms.updateSubscriptions('there', 'human', ['TR_x'], true),
    'move a participant': rooms.moveParticipant('there', 'human', 'gone'),
    'forward a participant': rooms.forwardParticipant('there', 'human', 'gone'),
    'delete a room': rooms.deleteRoom('gone'),
    'update a room': rooms.updateRoomMetadata('gone', ''),
  };
  const started = Date.now();
  const answers = Object.entries(asked).map(async ([what, request]): Promise<[string, Answer]> => {
    const error = await request.then(
      () => undefined,
      (reason: unknown) => reason as Omit<Answer, 'afterMs'>,
    );
    const { status = 200, code = '', message = '' } = error ?? {};
    return [what, { status, code, message, afterMs: Date.now() - started }];
  });
  const all = Object.fromEntries(await Promise.all(answers));
  await rooms.deleteRoom('there');
  return all;
}

test('the lab answers about what is not there as the server does where its listings ask the nodes, word for word', async () => {
  const key = { apiKey: 'lab', apiSecret: 'a secret that is as long as one has to be' };
  const [found, ports, directory] = await Promise.all([findServer(), freePorts(), mkdtemp(join(tmpdir(), 'cloud-'))]);
  const url = `http://127.0.0.1:${ports.http}`;
  const config = JSON.parse(serverConfig(ports, key)) as Record<string, unknown>;
  const api = { enable_psrpc_for_get_list_participants: true };
  const server = new OwnServer({
    binary: found.binary,
    logFile: join(directory, 'server.log'),
    url,
    key,
    config: JSON.stringify({ ...config, api }),
  });
  expect(await server.tryStart()).toBe(true);
  await using lab = await startPhoneLab({ cloud: {} });
  const [real, ours] = await Promise.all([answersOf(url, key), answersOf(lab.url, lab)]);
  await server.halt();
  await rm(directory, { recursive: true });
  for (const [what, answer] of Object.entries(real)) {
    const { afterMs, ...said } = answer;
    expect(ours[what], what).toMatchObject(said);
    expect(Math.abs((ours[what]?.afterMs ?? 0) - afterMs), what).toBeLessThan(1500);
  }
  expect(Object.values(real).filter(({ status }) => status === 503)).toHaveLength(7);
}, 60_000);
