import { beforeEach, describe, expect, it } from 'vitest';
import { InMemorySipService } from '../../src/testing.ts';
import { setTimeout as pause } from 'node:timers/promises';
import { OneTimeNumber, oneTimeNumberMadeAt } from '../../src/promotion/one-time-number.ts';

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
  it('leads into the room, can be guessed by nobody, and is told from all others by its name', async () => {
    const first = await OneTimeNumber.make(sip, options);
    const second = await OneTimeNumber.make(sip, options);
    expect(first.number).toMatch(/^\d{39}$/);
    expect(second.number).not.toBe(first.number);
    expect(sip.roomOf(first.number)).toBe('main-room');
    for (const { name } of [...(await sip.listSipInboundTrunk()), ...(await sip.listSipDispatchRule())]) {
      expect(Math.abs((oneTimeNumberMadeAt(name) ?? 0) - Date.now())).toBeLessThan(5_000);
    }
    expect(oneTimeNumberMadeAt('support line')).toBeUndefined();
    expect(await first.remove()).toEqual([]);
    expect(sip.roomOf(first.number)).toBeUndefined();
    expect(sip.roomOf(second.number)).toBe('main-room');
    await second.remove();
    expect(await left()).toBe(0);
  });

  it.each(['createSipInboundTrunk', 'createSipDispatchRule'] as const)(
    'leaves nothing behind when %s fails or hangs',
    async (method) => {
      sip.failNext(method, broken());
      await expect(OneTimeNumber.make(sip, options)).rejects.toMatchObject({ code: 'server' });
      sip.failNext(method, 'hang');
      await expect(OneTimeNumber.make(sip, options)).rejects.toMatchObject({ code: 'timeout' });
      expect(await left()).toBe(0);
    },
  );

  it('is deleted when the server makes it after it was given up', async () => {
    sip.createSipInboundTrunk = async (...args) => {
      await pause(120);
      return InMemorySipService.prototype.createSipInboundTrunk.apply(sip, args);
    };
    await expect(OneTimeNumber.make(sip, options)).rejects.toMatchObject({ code: 'timeout' });
    await expect.poll(() => sip.requests).toContain('deleteSipTrunk');
    expect(await left()).toBe(0);
  });

  it('is deleted again and again, and what is left is told', async () => {
    const number = await OneTimeNumber.make(sip, options);
    for (let times = 0; times < 2; times += 1) sip.failNext('deleteSipTrunk', broken());
    for (let times = 0; times < 9; times += 1) sip.failNext('deleteSipDispatchRule', broken());
    expect(await number.remove()).toMatchObject([{ code: 'server' }]);
    expect(await sip.listSipInboundTrunk()).toEqual([]);
    expect(await sip.listSipDispatchRule()).toHaveLength(1);
    expect(await number.remove()).toHaveLength(1);
  });
});
