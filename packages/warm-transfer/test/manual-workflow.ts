// #region by-hand
import { randomUUID } from 'node:crypto';
import type { tts, voice } from '@livekit/agents';
import type { AudioFrame, Room } from '@livekit/rtc-node';
import { Briefing, briefingModelsFrom, type BriefingResult } from '@org/briefing-agent';
import { ConsultRoom, ConsultRoomError, createMerge, type MergedCall, watchParticipantLeft } from '@org/consult-room';
import { HoldAudio } from '@org/hold-audio';
import { SipDialer, type DialFailed } from '@org/sip-dialer';

/** A caller whom an agent talks to, and what it takes to act for them. */
export interface Caller {
  readonly room: Room;
  readonly identity: string;
  readonly session: voice.AgentSession;
  readonly server: { readonly url: string; readonly apiKey: string; readonly apiSecret: string };
  readonly trunkId: string;
}

/** The two have talked, or why they have not. The caller has the AI back then, if they are still there. */
export type Ending =
  | { readonly type: 'talked' | 'not-joined' }
  | BriefingResult
  | { readonly type: 'not-reached'; readonly why: DialFailed['status'] };

export async function transferByHand(caller: Caller, to: string): Promise<Ending> {
  const { room, identity, session, server, trunkId } = caller;
  const gone = new AbortController();
  const unwatch = watchParticipantLeft(room, identity, () => gone.abort(new Error('the caller has left')));

  // 1. Hold: the AI neither hears nor speaks; the caller hears music.
  session.input.setAudioEnabled(false);
  session.output.setAudioEnabled(false);
  const hold = new HoldAudio({ room });
  try {
    await hold.start();

    // 2. Room: private, with a name of its own, deleted at the end of this block.
    await using consult = await ConsultRoom.create({ ...server, callerRoomName: room.name ?? '' });

    // 3. Token: short-lived, with the least of rights. A person in a browser gets one by `consult.invite()`.
    const consultRoom = await consult.join();
    const human = `human-agent-${randomUUID()}`;
    await using briefing = new Briefing({
      room: consultRoom,
      humanIdentity: human,
      models: briefingModelsFrom(session),
      chatCtx: session.history,
    });
    gone.signal.addEventListener('abort', () => void briefing.close());
    await using merge = createMerge({
      callerRoom: room,
      callerIdentity: identity,
      consultRoom,
      humanIdentity: human,
      server,
    });
    // While it rings all is made ready, so that nobody waits for it later.
    const ready = Promise.all([briefing.start(), merge.publishTracks()]);

    // 4. Dial: the outcome is a value, and the phone stops ringing when the caller hangs up.
    const [dial] = await Promise.all([
      new SipDialer(server).dial(
        { to, trunkId, roomName: consult.name, participantIdentity: human, watch: consultRoom },
        { signal: gone.signal },
      ),
      ready,
    ]);
    if (dial.status !== 'answered') return { type: 'not-reached', why: dial.status };

    // 5. Brief: greet, tell, answer questions, and bring back the decision.
    briefing.brief();
    const decision = await briefing.result;
    if (decision.type !== 'accepted') {
      if (decision.type !== 'disconnected' && decision.spokenSentence === undefined)
        await briefing.sayFixed('declined');
      return decision;
    }
    briefing.mute();

    // 6. Merge: done when audio is proven to flow both ways; only then the music stops.
    const merged = await merge.merge({ signal: gone.signal });
    if (!merged.merged) {
      await briefing.sayFixed('mergeFailed');
      return { type: 'not-joined' };
    }
    await hold.stop();

    // 7. Introduce: both hear it.
    if (session.tts !== undefined) await introduce(merged.call, session.tts);

    // 8. Leave: the AI is done. On a server that moves nobody this process goes on relaying until one of the two hangs up.
    await briefing.close();
    await merged.call.ended;
    return { type: 'talked' };
  } finally {
    unwatch();
    await hold.close();
    session.input.setAudioEnabled(true);
    session.output.setAudioEnabled(true);
  }
}

async function introduce(call: MergedCall, voice: tts.TTS): Promise<void> {
  try {
    await call.play(speak(voice, 'You are connected now.'));
  } catch (error) {
    // Whoever hangs up meanwhile has ended the call, which is seen next.
    if (!ConsultRoomError.isInstance(error)) throw error;
  }
}

async function* speak(voice: tts.TTS, text: string): AsyncGenerator<AudioFrame> {
  for await (const { frame } of voice.synthesize(text)) yield frame;
}
// #endregion by-hand

// #region redirect
/** Calls a department. A person there who says "try billing" sends the caller on; each department is called once. */
export async function transferToDepartment(
  caller: Caller,
  departments: Readonly<Record<string, string>>,
  name: string,
): Promise<Ending | { readonly type: 'no-such-department'; readonly name: string }> {
  const left = new Map(Object.entries(departments));
  for (let next = name; ;) {
    const number = left.get(next);
    if (number === undefined) return { type: 'no-such-department', name: next };
    left.delete(next);
    const ending = await transferByHand(caller, number);
    if (ending.type !== 'declined' || ending.redirectTo === undefined) return ending;
    next = ending.redirectTo;
  }
}
// #endregion redirect

// #region cold
/** Sends the caller on without a word to anybody, by REFER. They are gone when it worked; else nothing has changed. */
export async function transferCold({ room, identity, server }: Caller, to: string): Promise<boolean> {
  const result = await new SipDialer(server).coldTransfer({ roomName: room.name ?? '', identity, to });
  return result.status === 'transferred';
}
// #endregion cold
