import { initializeLogger, voice } from '@livekit/agents';
import { DisconnectReason, Room, RoomEvent } from '@livekit/rtc-node';
import { ConsultRoomError, type Promotion } from '@org/consult-room';
import { InMemoryRoomService } from '@org/consult-room/testing';
import { describe, expect, it, vi } from 'vitest';
import { CallerAdapter } from '../../src/adapters/caller-adapter.js';
import { connectedCallEnd } from '../../src/outcome/connected-call-end.js';
import { playIntroduction } from '../../src/speech/play-introduction.js';
import type { Introduction } from '../../src/options/introduction.js';
import { promotionWarning } from '../../src/outcome/promotion-warning.js';
import { deferred } from '@org/support';
import type { CallEnd } from '../../src/machine/types/ending.js';
import { settlePromises, VirtualClock } from '../../src/testing.js';
import { TransferEvents } from '../../src/outcome/transfer-events.js';

const who = { transferId: 't', humanAgentIdentity: 'human' };

async function* none(): AsyncGenerator<never> {}

function introducing(
  introduction: Introduction,
  { canSpeak = true, play = async (): Promise<void> => undefined } = {},
) {
  const clock = new VirtualClock();
  const ended = deferred<CallEnd>();
  const spoken: string[] = [];
  let played = 0;
  const call = {
    ended: ended.promise,
    play: async (): Promise<void> => {
      played += 1;
      await play();
    },
  };
  const synthesize = (text: string): AsyncGenerator<never> => {
    spoken.push(text);
    return none();
  };
  const done = playIntroduction(call, who, {
    introduction,
    synthesize: canSpeak ? synthesize : undefined,
    clock,
    limitMs: 1000,
  });
  return { done, clock, ended, spoken, played: () => played };
}

const lost = (): Promise<never> => Promise.reject(new ConsultRoomError('media', 'no track'));
const never = (): Promise<never> => new Promise(() => undefined);

describe('the introduction', () => {
  it('is a text, frames, or what a function returns', async () => {
    const text = introducing('Hello, you two.');
    await text.done;
    expect([text.spoken, text.played(), text.clock.pending]).toEqual([['Hello, you two.'], 1, 0]);
    const frames = introducing(none());
    await frames.done;
    expect([frames.spoken, frames.played()]).toEqual([[], 1]);
    const made = introducing(async ({ humanAgentIdentity }) => `This is ${humanAgentIdentity}.`);
    await made.done;
    expect(made.spoken).toEqual(['This is human.']);
    const nothing = introducing(() => null);
    await nothing.done;
    expect(nothing.played()).toBe(0);
  });

  it.each([
    ['a function that hangs', introducing(never)],
    ['a track that hangs', introducing('x', { play: never })],
  ])('fails at its limit for %s', async (_, { done, clock }) => {
    const failure = done.catch((error: unknown) => error);
    await clock.advance(1000);
    expect(await failure).toMatchObject({
      message: 'the introduction could not be played',
      cause: new Error('it took longer than 1000 ms'),
    });
  });

  it('fails for a text that cannot be synthesized, and for what play throws', async () => {
    await expect(introducing(() => 'x', { canSpeak: false }).done).rejects.toMatchObject({
      cause: new Error('a text needs `announcementTts`'),
    });
    const cause = new Error('no track');
    await expect(introducing('x', { play: () => Promise.reject(cause) }).done).rejects.toMatchObject({ cause });
  });

  it.each(['aborted', 'closed'] as const)('ends quietly when the call says that it is over: %s', async (code) => {
    const play = (): Promise<never> => Promise.reject(new ConsultRoomError(code, 'the call is over'));
    await expect(introducing('x', { play }).done).resolves.toBeUndefined();
    await expect(introducing('x', { play: lost }).done).rejects.toThrow('the introduction could not be played');
  });

  it('ends with the call, which is no failure, and leaves no timer', async () => {
    const { done, ended, clock } = introducing('x', { play: never });
    await settlePromises();
    ended.resolve({ kind: 'call-end', by: 'caller', caller: 'left' });
    await done;
    expect(clock.pending).toBe(0);
  });
});

describe('a promotion', () => {
  it.each<[Promotion, string | undefined]>([
    [{ promoted: true, humanIdentity: 'h', tookMs: 1 }, undefined],
    [{ promoted: false, reason: 'ended' }, undefined],
    [{ promoted: false, reason: 'human-left' }, undefined],
    [{ promoted: false, reason: 'rejected', sipStatus: 603 }, 'rejected (SIP 603)'],
    [{ promoted: false, reason: 'no-answer' }, 'no-answer'],
  ])('%j is a warn only when the bridge continues: %s', (promotion, warn) => {
    expect(promotionWarning(promotion)?.message.split(': ').at(-1)).toBe(warn);
  });

  it('is reported to listeners until they stop, and what they throw is taken', () => {
    const events = new TransferEvents((cause) => trouble.push(cause));
    const told: Promotion[] = [];
    const trouble: unknown[] = [];
    const broken = new Error('broken');
    events.onPromotion(() => {
      throw broken;
    });
    const stop = events.onPromotion((promotion) => told.push(promotion));
    events.emitPromotion({ promoted: false, reason: 'server' });
    stop();
    events.emitPromotion({ promoted: false, reason: 'aborted' });
    expect(told).toEqual([{ promoted: false, reason: 'server' }]);
    expect(trouble).toEqual([broken]);
  });
});

describe('the end of a call', () => {
  const left: CallEnd = { kind: 'call-end', by: 'caller', caller: 'left' };
  const cutOff: CallEnd = { kind: 'call-end', by: 'line', caller: 'left' };

  it.each<[string, Parameters<typeof connectedCallEnd>, object]>([
    ['the caller left', [left, 'bridge'], left],
    ['the caller left the room of both', [left, 'move'], left],
    ['we left two who talk in one room', [cutOff, 'move'], { by: 'program', caller: 'talking' }],
    ['we left two who were promoted to it', [cutOff, 'rejoin'], { by: 'program', caller: 'talking' }],
    ['the bridge went with us', [cutOff, 'bridge'], cutOff],
    ['the line was lost', [{ ...cutOff, caller: 'returned' }, 'move'], { by: 'line', caller: 'returned' }],
  ])('tells who left whom: %s', (_, given, told) => {
    expect(connectedCallEnd(...given)).toEqual({ kind: 'call-end', ...told });
  });

  it('counts our own end of the connection as ours, until it is no longer watched', () => {
    initializeLogger({ pretty: false, level: 'silent' });
    const room = new Room();
    const rooms = new InMemoryRoomService();
    const dialer = { coldTransfer: () => Promise.reject(new Error('nobody is sent on')) };
    const nothing = {
      cancelKey: undefined,
      cancelListener: undefined,
      ringingTimeoutMs: 1000,
      hangingUpMs: 1000,
      onSessionClosed: 'hang-up' as const,
      warn: vi.fn(),
    };
    const session = new voice.AgentSession({ vad: null });
    const caller = new CallerAdapter({ session, room, callerIdentity: 'caller', rooms, dialer, ...nothing });
    const told: unknown[] = [];
    const stopLeft = caller.onCallerLeft(() => told.push('left'));
    const stop = caller.onAgentDisconnected((cause) => told.push(cause));
    room.emit(RoomEvent.Disconnected, DisconnectReason.CLIENT_INITIATED);
    expect(told).toEqual([new Error("the agent is no longer in the caller's room (CLIENT_INITIATED)")]);
    stop();
    stopLeft();
    room.emit(RoomEvent.Disconnected, DisconnectReason.CLIENT_INITIATED);
    expect(told).toHaveLength(1);
  });
});
