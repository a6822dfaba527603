import { beforeEach, describe, expect, it } from 'vitest';
import { moveParticipant } from '../../src/move/move-participant.ts';
import { InMemoryRoomService } from '../../src/testing.ts';

let service: InMemoryRoomService;
beforeEach(() => {
  service = new InMemoryRoomService();
  service.addParticipant('consult', { identity: 'human', kind: 3 });
  service.addParticipant('main', { identity: 'caller', kind: 3 });
});

const move = { identity: 'human', from: 'consult', to: 'main' };
const limits = { requestMs: 50, listedMs: 120 };
const broken = (): Error => Object.assign(new Error('internal'), { name: 'ServerError', status: 500 });

function reallyMove(on: InMemoryRoomService, room: string, identity: string, to: string): Promise<void> {
  return InMemoryRoomService.prototype.moveParticipant.call(on, room, identity, to);
}

describe('a move', () => {
  it('succeeds when the listing shows it', async () => {
    expect(await moveParticipant(service, move, limits)).toBeUndefined();
  });

  it('succeeds although the answer is an error', async () => {
    service.moveParticipant = async (...args) => {
      await reallyMove(service, ...args);
      throw new TypeError('fetch failed');
    };
    expect(await moveParticipant(service, move, limits)).toBeUndefined();
  });

  it('succeeds although the answer never arrives', async () => {
    service.moveParticipant = async (...args) => {
      await reallyMove(service, ...args);
      return new Promise(() => undefined);
    };
    expect(await moveParticipant(service, move, limits)).toBeUndefined();
  });

  it('succeeds when the listing lags behind the answer', async () => {
    service.moveParticipant = () => Promise.resolve();
    let looks = 0;
    service.listParticipants = async (room) => {
      looks += 1;
      if (looks === 5) await reallyMove(service, move.from, move.identity, move.to);
      return InMemoryRoomService.prototype.listParticipants.call(service, room);
    };
    const patient = { requestMs: 5_000, listedMs: 10_000 };
    expect(await moveParticipant(service, move, patient)).toBeUndefined();
  });

  it('fails when the server answers success and the participant has not moved', async () => {
    service.moveParticipant = () => Promise.resolve();
    expect(await moveParticipant(service, move, limits)).toMatchObject({ code: 'server' });
  });

  it('fails immediately on a server that does not implement it', async () => {
    const selfHosted = new InMemoryRoomService({ cloud: false });
    selfHosted.addParticipant('consult', { identity: 'human', kind: 3 });
    const outcome = await moveParticipant(selfHosted, move, limits);
    expect(outcome).toMatchObject({ code: 'not-implemented' });
    expect(selfHosted.requests).toEqual(['moveParticipant']);
  });

  it('keeps its timeout when the server hangs', async () => {
    service.failNext('moveParticipant', 'hang');
    const startedAt = performance.now();
    expect(await moveParticipant(service, move, limits)).toMatchObject({ code: 'timeout' });
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });

  it('fails when the participant is in neither room, or when the server does not answer the listing', async () => {
    service.failNext('moveParticipant', broken());
    await service.removeParticipant('consult', 'human');
    expect(await moveParticipant(service, move, limits)).toMatchObject({ code: 'server' });
    service.listParticipants = () => Promise.reject(broken());
    expect(await moveParticipant(service, move, limits)).toMatchObject({ code: 'server' });
  });
});
