import { initializeLogger, voice } from '@livekit/agents';
import { Room } from '@livekit/rtc-node';
import type { MergedCall as ConsultCall } from '@org/consult-room';
import { InMemoryRoomService } from '@org/consult-room/testing';
import { describe, expect, it } from 'vitest';
import { CallerAdapter } from '../../src/adapters/caller-adapter.js';
import type { ConnectedCallEnd } from '../../src/outcome/connected-call-end.js';
import { deferred } from '@org/support';
import { createConnectedCall } from '../../src/outcome/connected-call.js';

const broken = (): Error => Object.assign(new Error('internal'), { name: 'ServerError', status: 500 });

/** A present participant, in a room that is not connected. */
class PresentCaller extends CallerAdapter {
  override isPresent(): boolean {
    return true;
  }
}

class CallerRoom extends Room {
  override get name(): string {
    return 'caller-room';
  }
}

function callerIn(rooms: InMemoryRoomService, hangingUpMs: number): CallerAdapter {
  initializeLogger({ pretty: false, level: 'silent' });
  return new PresentCaller({
    session: new voice.AgentSession({ vad: null }),
    room: new CallerRoom(),
    callerIdentity: 'caller',
    rooms,
    dialer: { coldTransfer: () => Promise.reject(new Error('nobody is sent on')) },
    cancelKey: undefined,
    cancelListener: undefined,
    ringingTimeoutMs: 1000,
    hangingUpMs,
    onSessionClosed: 'hang-up',
    warn: () => undefined,
  });
}

describe('hanging up on the caller', () => {
  it('tries again what the server rejects, until the caller is gone', async () => {
    const rooms = new InMemoryRoomService();
    rooms.addParticipant('caller-room', { identity: 'caller', kind: 3 });
    rooms.failNext('removeParticipant', broken());
    await callerIn(rooms, 5_000).hangUp();
    expect(await rooms.listParticipants('caller-room')).toEqual([]);
  });

  it('fails when its limit is over, and removes no participant after it', async () => {
    const rooms = new InMemoryRoomService();
    rooms.addParticipant('caller-room', { identity: 'caller', kind: 3 });
    for (let times = 0; times < 20; times += 1) rooms.failNext('removeParticipant', broken());
    await expect(callerIn(rooms, 150).hangUp()).rejects.toMatchObject({ errors: [{ code: 'server' }] });
    const { length } = rooms.requests;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(rooms.requests).toHaveLength(length);
  });
});

describe('a call that ends with a signal', () => {
  const over: ConnectedCallEnd = { kind: 'call-end', by: 'program', caller: 'hung-up' };

  /** A call that notes how it was hung up. */
  function endingCall(): { call: ReturnType<typeof createConnectedCall>; end: () => void; hungUp: string[] } {
    const hungUp: string[] = [];
    const ended = deferred<ConnectedCallEnd>();
    const talk: ConsultCall = {
      by: 'bridge',
      humanIdentity: 'human',
      ended: new Promise(() => undefined),
      promotion: undefined,
      mute: () => Promise.resolve(),
      listen: () => () => undefined,
      play: () => Promise.resolve(),
      addSpeaker: () => Promise.resolve(),
      removeSpeaker: () => Promise.resolve(),
      statistics: () => Promise.reject(broken()),
      promote: () => Promise.resolve({ promoted: false, reason: 'not-bridged' }),
      hangUp: () => {
        hungUp.push('past the transfer');
        return Promise.resolve({ clean: true, problems: [] });
      },
      hangUpOn: (signal) => signal.addEventListener('abort', () => void talk.hangUp()),
    };
    const call = createConnectedCall(talk, {
      humanAgentIdentity: () => 'human',
      ended: ended.promise,
      hangUp: () => {
        hungUp.push('by the transfer');
        return ended.promise;
      },
      listen: () => () => undefined,
    });
    return { call, end: () => ended.resolve(over), hungUp };
  }

  it('is hung up by the transfer, which knows whose doing it is', () => {
    const { call, hungUp } = endingCall();
    const job = new AbortController();
    call.hangUpOn(job.signal);
    job.abort();
    expect(hungUp).toEqual(['by the transfer']);
    call.hangUpOn(job.signal);
    expect(hungUp).toEqual(['by the transfer', 'by the transfer']);
  });

  it('is not hung up on again when it is over before', async () => {
    const { call, end, hungUp } = endingCall();
    const job = new AbortController();
    call.hangUpOn(job.signal);
    end();
    await call.ended;
    job.abort();
    expect(hungUp).toEqual([]);
  });
});
