import { initializeLogger, JobContext, JobProcess, runWithJobContextAsync, voice } from '@livekit/agents';
import { Room } from '@livekit/rtc-node';
import { ScriptedLLM, ScriptedSTT, ScriptedTTS } from '@org/briefing-agent/testing';
import type { PhoneCall, PhoneLab } from '@org/phone-lab';
import { AccessToken } from 'livekit-server-sdk';
import { vocabulary } from '../../lab/parties.js';
import { voices, words } from '../../src/voices.js';

/** A caller who has asked the agent of a program for a person; it runs in this process as in the job of a worker. */
export interface ProgramCall extends AsyncDisposable {
  readonly caller: PhoneCall;
  readonly session: voice.AgentSession;
  /** Resolves when the job was asked to shut down. */
  readonly shutDown: Promise<unknown>;
}

/** Asked for a person, the agent calls this tool. */
export interface AskedTool {
  readonly name: string;
  readonly args?: Readonly<Record<string, unknown>>;
}

/** One model for the caller and the briefing, as a program has that gives none to the task. */
function modelThatCalls(tool: AskedTool): ScriptedLLM {
  return new ScriptedLLM({
    reply: ({ userText, toolResult, toolNames }) => {
      if (toolNames.includes('connect_to_caller')) {
        return toolResult === undefined ? { say: 'Will you take the call? Press 1 for yes.' } : undefined;
      }
      if (toolResult !== undefined) return toolResult.output === 'Connected.' ? undefined : { say: toolResult.output };
      return userText === words.person.transcript ? { call: { ...tool } } : undefined;
    },
  });
}

let calls = 0;

export async function callProgram(lab: PhoneLab, agent: voice.Agent, tool: AskedTool): Promise<ProgramCall> {
  // A tool that throws is logged as an error, and here it is to throw.
  initializeLogger({ pretty: false, level: 'fatal' });
  calls += 1;
  const roomName = `program-${calls}`;
  const caller = await lab.call({
    from: '+15550199',
    roomName,
    voice: voices.caller,
    vocabulary,
    // Rings until the agent is there.
    script: (call) => call.connected(),
  });
  const { context, ended, shutDown } = await jobIn(lab, roomName);
  const transcripts = Object.values(words).map(({ transcript, frequency }) => [transcript, frequency] as const);
  const session = new voice.AgentSession({
    stt: new ScriptedSTT({ words: Object.fromEntries(transcripts) }),
    tts: new ScriptedTTS({ frequency: voices.receptionist, msPerCharacter: 12 }),
    llm: modelThatCalls(tool),
    vad: null,
    turnHandling: { turnDetection: 'stt', interruption: { mode: 'vad' } },
  });
  await runWithJobContextAsync(context, async () => {
    await context.connect();
    await session.start({ agent, room: context.room, record: false });
  });
  await caller.connected();
  await caller.wait(700);
  await caller.say('person');
  caller.tone();
  return {
    caller,
    session,
    shutDown,
    [Symbol.asyncDispose]: async () => {
      if (caller.ended === undefined) await caller.hangUp();
      await session.close();
      await ended();
    },
  };
}

const nothing = (): void => undefined;

/** The framework's own context, without its process. */
async function jobIn(
  { url, apiKey, apiSecret }: PhoneLab,
  roomName: string,
): Promise<{ context: JobContext; ended: () => Promise<void>; shutDown: Promise<unknown> }> {
  const token = new AccessToken(apiKey, apiSecret, { identity: 'agent' });
  token.kind = 'agent';
  token.addGrant({ roomJoin: true, room: roomName });
  const info = {
    acceptArguments: { name: 'agent', identity: 'agent', metadata: '' },
    job: { id: 'AJ_program' } as JobContext['job'],
    url,
    token: await token.toJwt(),
    workerId: 'AW_program',
    apiKey,
    apiSecret,
  };
  const noModels = { doInference: () => Promise.reject(new Error('no model runs in this process')) };
  let onShutDown = nothing;
  const shutDown = new Promise<void>((resolve) => (onShutDown = resolve));
  const context = new JobContext(new JobProcess(), info, new Room(), nothing, () => onShutDown(), noModels);
  const ended = async (): Promise<void> => {
    await context.room.disconnect();
    await Promise.all(context.shutdownCallbacks.map((callback) => callback()));
  };
  return { context, ended, shutDown };
}
