// #region parts
import { randomUUID } from 'node:crypto';
import type { tts, voice } from '@livekit/agents';
import type { AudioFrame, Room } from '@livekit/rtc-node';
import { Briefing, briefingModelsFrom, type BriefingResult } from '@org/briefing-agent';
import { ConsultRoom, ConsultRoomError, createMerge, type MergedCall, watchParticipantLeft } from '@org/consult-room';
import { HoldAudio } from '@org/hold-audio';
import { SipDialer, type DialFailed } from '@org/sip-dialer';

/** A caller who talks to an agent, with the credentials to act for the caller. */
export interface Caller {
  readonly room: Room;
  readonly identity: string;
  readonly session: voice.AgentSession;
  readonly server: { readonly url: string; readonly apiKey: string; readonly apiSecret: string };
  readonly trunkId: string;
}

/** Caller and human agent have talked, or the reason why not. A caller who is still present is returned to the AI. */
export type TransferEnd =
  | { readonly type: 'talked' | 'not-joined' }
  | BriefingResult
  | { readonly type: 'not-reached'; readonly why: DialFailed['status'] };

export async function transferWithParts(caller: Caller, to: string): Promise<TransferEnd> {
  const { room, identity, session, server, trunkId } = caller;
  const gone = new AbortController();
  const unwatch = watchParticipantLeft(room, identity, () => gone.abort(new Error('the caller has left')));

  // 1. Hold: the AI neither hears nor speaks; the caller hears music.
  session.input.setAudioEnabled(false);
  session.output.setAudioEnabled(false);
  const hold = new HoldAudio({ room });
  try {
    await hold.start();

    // 2. Room: private, with a unique name, deleted at the end of this block.
    await using consult = await ConsultRoom.create({ ...server, callerRoomName: room.name ?? '' });

    // 3. Token: short-lived, with minimal rights. A human agent in a browser gets one by `consult.invite()`.
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
    // Everything is prepared while it rings, so that no party waits for it later.
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

    // 5. Brief: greet, report, answer questions, and return the decision.
    briefing.brief();
    const decision = await briefing.result;
    if (decision.type !== 'accepted') {
      if (decision.type !== 'disconnected' && decision.spokenSentence === undefined)
        await briefing.sayFixed('declined');
      return decision;
    }
    briefing.mute();

    // 6. Merge: done when audio is verified in both directions; only then the music stops.
    const merged = await merge.merge({ signal: gone.signal });
    if (!merged.merged) {
      await briefing.sayFixed('mergeFailed');
      return { type: 'not-joined' };
    }
    await hold.stop();

    // 7. Introduce: both hear it.
    if (session.tts !== undefined) await playIntroduction(merged.call, session.tts);

    // 8. Leave: the AI is done. On a server that moves no participant this process relays until one side hangs up.
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

async function playIntroduction(call: MergedCall, voice: tts.TTS): Promise<void> {
  try {
    await call.play(speak(voice, 'You are connected now.'));
  } catch (error) {
    // A hang-up meanwhile ends the call, which is detected next.
    if (!ConsultRoomError.isInstance(error)) throw error;
  }
}

async function* speak(voice: tts.TTS, text: string): AsyncGenerator<AudioFrame> {
  for await (const { frame } of voice.synthesize(text)) yield frame;
}
// #endregion parts

// #region redirect
/** Calls a department. A human agent who says "try billing" redirects the caller; each department is called once. */
export async function transferToDepartment(
  caller: Caller,
  departments: Readonly<Record<string, string>>,
  name: string,
): Promise<TransferEnd | { readonly type: 'no-such-department'; readonly name: string }> {
  const left = new Map(Object.entries(departments));
  for (let next = name; ;) {
    const number = left.get(next);
    if (number === undefined) return { type: 'no-such-department', name: next };
    left.delete(next);
    const result = await transferWithParts(caller, number);
    if (result.type !== 'declined' || result.redirectTo === undefined) return result;
    next = result.redirectTo;
  }
}
// #endregion redirect

// #region cold
/** Cold-transfers the caller by REFER. The caller is gone if it succeeds; otherwise nothing has changed. */
export async function transferCold({ room, identity, server }: Caller, to: string): Promise<boolean> {
  const result = await new SipDialer(server).coldTransfer({ roomName: room.name ?? '', identity, to });
  return result.status === 'transferred';
}
// #endregion cold
