import { initializeLogger, llm, type voice, workflows } from '@livekit/agents';
import { SIPOutboundConfig } from '@livekit/protocol';
import { describe, expect, expectTypeOf, it } from 'vitest';
import * as ours from '../src/index.js';
import type {
  InstructionParts,
  TransferTarget,
  WarmTransferOptions,
  WarmTransferResult,
  WarmTransferSpeech,
  WarmTransferTaskOptions,
} from '../src/index.js';

/** Optional or not is no matter of one field. */
type Field<T, Name extends keyof T> = Exclude<T[Name], undefined>;
type Theirs = workflows.WarmTransferTaskOptions;
type NotTaken = {
  [Name in keyof Theirs]-?: Name extends keyof WarmTransferTaskOptions
    ? Field<Theirs, Name> extends Field<WarmTransferTaskOptions, Name>
      ? never
      : Name
    : Name;
}[keyof Theirs];

const sipCallTo = '+15550142';

initializeLogger({ pretty: false, level: 'error' });

describe('the types of a program written for LiveKit', () => {
  it('fit: every option of theirs is an option here, and takes what theirs takes', () => {
    expectTypeOf<NotTaken>().toBeNever();
  });

  it('fit: a value of their options is one of ours', () => {
    expectTypeOf<Theirs>().toExtend<WarmTransferTaskOptions>();
  });

  it('fit: what is imported beside the task is there as well', () => {
    expect(ours.TaskGroup).toBe(workflows.TaskGroup);
    expectTypeOf<ours.TaskGroup>().toEqualTypeOf<workflows.TaskGroup>();
    expectTypeOf<ours.TaskGroupOptions>().toEqualTypeOf<workflows.TaskGroupOptions>();
    expect(Object.keys(workflows).filter((name) => !(name in ours))).toEqual([]);
  });

  it('fit: results, speeches and parts of instructions can be handed over', () => {
    expectTypeOf<WarmTransferResult>().toExtend<workflows.WarmTransferResult>();
    expectTypeOf<workflows.WarmTransferSpeech>().toExtend<WarmTransferSpeech>();
    expectTypeOf<WarmTransferSpeech>().toExtend<workflows.WarmTransferSpeech>();
    expectTypeOf<workflows.InstructionParts>().toExtend<InstructionParts>();
    expectTypeOf<InstructionParts>().toExtend<workflows.InstructionParts>();
    expectTypeOf<ours.WarmTransferTask>().toExtend<voice.AgentTask<workflows.WarmTransferResult>>();
    expectTypeOf(ours.createWarmTransferTask).returns.toExtend<voice.AgentTask<workflows.WarmTransferResult>>();
  });

  it('fit: an options object as such a program writes it', () => {
    const options: WarmTransferTaskOptions = {
      sipCallTo,
      sipConnection: new SIPOutboundConfig({ hostname: 'sip.example.com' }),
      sipNumber: '+15550100',
      dtmf: null,
      ringingTimeout: null,
      holdAudio: [{ source: 'music.wav', volume: 0.5, probability: 1 }],
      greetingSpeech: (session) => session.say('Hello.'),
      callerHangupSpeech: (session) => session.generateReply({ instructions: 'Say goodbye.' }),
      callerHangupInstruction: null,
      instructions: { persona: new llm.Instructions({ audio: 'You call.' }), extra: 'Be brief.' },
      turnDetection: null,
      stt: null,
      vad: null,
      llm: null,
      tts: null,
    };
    expect(() => new ours.WarmTransferTask(options)).not.toThrow();
    expect(() =>
      ours.createWarmTransferTask({ sipCallTo, sipTrunkId: 'ST_1', sipConnection: undefined }),
    ).not.toThrow();
  });
});

describe('the types of this package', () => {
  const sipConnection = { hostname: 'sip.example.com' };

  it('reject two carriers of one transfer', () => {
    expectTypeOf<{ session: voice.AgentSession; sipTrunkId: string }>().toExtend<WarmTransferOptions>();
    expectTypeOf<{
      session: voice.AgentSession;
      sipConnection: { hostname: string };
    }>().toExtend<WarmTransferOptions>();
    type Both = { session: voice.AgentSession; sipTrunkId: string; sipConnection: { hostname: string } };
    expectTypeOf<Both>().not.toExtend<WarmTransferOptions>();
  });

  it('reject two carriers of one target, and a misspelled name of a target', () => {
    const one: TransferTarget = { sipCallTo, sipConnection };
    // @ts-expect-error a stored trunk and a connection given with the call exclude each other here as well
    const both: TransferTarget = { sipCallTo, sipTrunkId: 'ST_1', sipConnection };
    // @ts-expect-error there is no such option
    const typo: TransferTarget = { sipCallTo, ringTimeout: 30_000 };
    expect([one, both, typo]).toHaveLength(3);
  });

  it('reject a name that is no option, and a name that is one of theirs and misspelled', () => {
    // @ts-expect-error there is no such option
    const task: WarmTransferTaskOptions = { sipCallTo, sipTrunkId: 'ST_1', ringTimeout: 30_000 };
    // @ts-expect-error there is no such part
    const parts: InstructionParts = { personna: 'You call.' };
    expect(task).toHaveProperty('ringTimeout');
    expect(parts).toHaveProperty('personna');
  });
});
