import Module from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WarmTransfer, type WarmTransferOptions } from '../../src/index.js';
import { optionsWithoutServer } from '../support/without-server.js';

type Resolve = (this: unknown, request: string, ...rest: unknown[]) => string;

/** The modules that `createRequire().resolve` of every package asks for. */
const resolver = '_resolveFilename';
const resolve: Resolve = Reflect.get(Module, resolver);
const withoutFfmpeg: Resolve = function (request, ...rest) {
  if (!request.startsWith('@ffmpeg/core')) return resolve.call(this, request, ...rest);
  throw Object.assign(new Error(`Cannot find module '${request}'`), { code: 'MODULE_NOT_FOUND' });
};

beforeAll(() => void Reflect.set(Module, resolver, withoutFfmpeg));
afterAll(() => Reflect.set(Module, resolver, resolve));

const options = optionsWithoutServer();
const transfer = (holdAudio: WarmTransferOptions['holdAudio']): WarmTransfer =>
  new WarmTransfer({ ...options, holdAudio });

describe('where `@ffmpeg/core` is not installed', () => {
  it.each(['/music/hold.mp3', 'file:///music/hold.mp3'])('%s as hold audio is refused at the door', (path) => {
    expect(() => transfer(path)).toThrow(/MP3 file; .*npm install @ffmpeg\/core/);
    expect(() => transfer('/music/hold.wav')).not.toThrow();
  });

  it('the bytes of an MP3 are rejected before the caller is on hold', async () => {
    const mp3 = Uint8Array.from([0xff, 0xfb, 0x90, 0x64, ...new Uint8Array(413)]);
    await using held = transfer(mp3);
    await expect(held.run()).rejects.toThrow(/npm install @ffmpeg\/core/);
    expect(held.state).toMatchObject({ phase: 'idle', caller: 'active' });
    const { session } = options;
    expect([session.input.audioEnabled, session.output.audioEnabled]).toEqual([true, true]);
  });
});
