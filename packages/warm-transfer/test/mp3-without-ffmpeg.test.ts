import { initializeLogger, voice } from '@livekit/agents';
import { Room } from '@livekit/rtc-node';
import { ScriptedLLM, ScriptedSTT, ScriptedTTS } from '@org/briefing-agent/testing';
import Module from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WarmTransfer, type WarmTransferOptions } from '../src/index.js';

type Resolve = (this: unknown, request: string, ...rest: unknown[]) => string;

/** What `createRequire().resolve` of every package asks. */
const resolver = '_resolveFilename';
const resolve: Resolve = Reflect.get(Module, resolver);
const withoutFfmpeg: Resolve = function (request, ...rest) {
  if (!request.startsWith('@ffmpeg/core')) return resolve.call(this, request, ...rest);
  throw Object.assign(new Error(`Cannot find module '${request}'`), { code: 'MODULE_NOT_FOUND' });
};

class CallerRoom extends Room {
  override get name(): string {
    return 'caller-room';
  }
}

let session: voice.AgentSession;

beforeAll(() => {
  initializeLogger({ pretty: false, level: 'silent' });
  session = new voice.AgentSession({
    stt: new ScriptedSTT({ words: { yes: 2500 } }),
    tts: new ScriptedTTS({ frequency: 1900 }),
    vad: null,
  });
  Reflect.set(Module, resolver, withoutFfmpeg);
});
afterAll(() => Reflect.set(Module, resolver, resolve));

const transfer = (holdAudio: WarmTransferOptions['holdAudio']): WarmTransfer =>
  new WarmTransfer({
    session,
    room: new CallerRoom(),
    callerIdentity: 'caller',
    url: 'ws://127.0.0.1:9',
    apiKey: 'key',
    apiSecret: 'secret'.repeat(8),
    sipCallTo: '+15550142',
    sipTrunkId: 'ST_given',
    llm: new ScriptedLLM({ reply: () => undefined }),
    holdAudio,
  });

describe('where `@ffmpeg/core` is not installed', () => {
  it.each(['/music/hold.mp3', 'file:///music/hold.mp3'])('%s as hold audio is refused at the door', (path) => {
    expect(() => transfer(path)).toThrow(/MP3 file; .*npm install @ffmpeg\/core/);
    expect(() => transfer('/music/hold.wav')).not.toThrow();
  });

  it('the bytes of an MP3 are refused before anybody is on hold', async () => {
    const mp3 = Uint8Array.from([0xff, 0xfb, 0x90, 0x64, ...new Uint8Array(413)]);
    await using held = transfer(mp3);
    await expect(held.run()).rejects.toThrow(/npm install @ffmpeg\/core/);
    expect(held.state).toMatchObject({ phase: 'idle', caller: 'active' });
    expect([session.input.audioEnabled, session.output.audioEnabled]).toEqual([true, true]);
  });
});
