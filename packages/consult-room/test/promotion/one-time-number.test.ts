import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { numberCreatedAt, OneTimeNumber } from '../../src/promotion/one-time-number.ts';
import { InMemorySipService } from '../../src/testing.ts';

let sip: InMemorySipService;
beforeEach(() => {
  sip = new InMemorySipService();
});

const options = { roomName: 'main-room', allowedAddresses: ['10.0.0.0/8'], requestTimeoutMs: 60 };
const broken = (): Error => Object.assign(new Error('internal'), { name: 'ServerError', status: 500 });

async function left(): Promise<number> {
  return (await sip.listSipInboundTrunk()).length + (await sip.listSipDispatchRule()).length;
}

describe('a one-time number', () => {
  it('leads into the room, cannot be guessed, and is recognized by its name', async () => {
    const first = await OneTimeNumber.create(sip, options);
    const second = await OneTimeNumber.create(sip, options);
    expect(first.number).toMatch(/^\d{39}$/);
    expect(second.number).not.toBe(first.number);
    expect(sip.roomForNumber(first.number)).toBe('main-room');
    for (const { name } of [...(await sip.listSipInboundTrunk()), ...(await sip.listSipDispatchRule())]) {
      expect(Math.abs((numberCreatedAt(name) ?? 0) - Date.now())).toBeLessThan(5_000);
    }
    expect(numberCreatedAt('support line')).toBeUndefined();
    expect(await first.remove()).toEqual([]);
    expect(sip.roomForNumber(first.number)).toBeUndefined();
    expect(sip.roomForNumber(second.number)).toBe('main-room');
    await second.remove();
    expect(await left()).toBe(0);
  });

  it.each(['createSipInboundTrunk', 'createSipDispatchRule'] as const)(
    'leaves nothing behind when %s fails or hangs',
    async (method) => {
      sip.failNext(method, broken());
      await expect(OneTimeNumber.create(sip, options)).rejects.toMatchObject({ code: 'server' });
      sip.failNext(method, 'hang');
      await expect(OneTimeNumber.create(sip, options)).rejects.toMatchObject({ code: 'timeout' });
      expect(await left()).toBe(0);
    },
  );

  it('is deleted when the server creates it after the request was abandoned', async () => {
    sip.createSipInboundTrunk = async (...args) => {
      await pause(120);
      return InMemorySipService.prototype.createSipInboundTrunk.apply(sip, args);
    };
    await expect(OneTimeNumber.create(sip, options)).rejects.toMatchObject({ code: 'timeout' });
    await expect.poll(() => sip.requests).toContain('deleteSipTrunk');
    expect(await left()).toBe(0);
  });

  it('is deleted with several tries, and reports what is left', async () => {
    const number = await OneTimeNumber.create(sip, options);
    for (let times = 0; times < 2; times += 1) sip.failNext('deleteSipTrunk', broken());
    for (let times = 0; times < 9; times += 1) sip.failNext('deleteSipDispatchRule', broken());
    expect(await number.remove()).toMatchObject([{ code: 'server' }]);
    expect(await sip.listSipInboundTrunk()).toEqual([]);
    expect(await sip.listSipDispatchRule()).toHaveLength(1);
    expect(await number.remove()).toHaveLength(1);
  });
});
