import { type Phone, type PhoneCall, type PhoneLab, type PhoneScript, startPhoneLab } from '@org/phone-lab';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { AGENT_NAME } from '../../src/agent-name.js';
import { voices } from '../../src/voices.js';
import { CALLER_NUMBER, HUMAN_NUMBER, vocabulary } from '../../lab/parties.js';
import { ExampleWorker } from '../../lab/example-worker.js';

/** The example worker on a lab, for the tests of one file. */
export interface WorkerOnLab {
  readonly worker: ExampleWorker;
  /** Phones the worker, which transfers to the human agent's phone. */
  callerPhones(script: PhoneScript): Promise<PhoneCall>;
  humanPhone(script: PhoneScript): Phone;
  /** Counts the events of this name since the test began. */
  countOf(event: string): Promise<number>;
  /** Checks that every room is gone, by listing, once everybody had the time to leave. */
  expectNoRoomLeft(): Promise<void>;
}

/** Starts lab and worker before the tests of a file, and stops them after these. A test that fails shows the worker's events and output. */
export function useWorker(): WorkerOnLab {
  let lab: PhoneLab;
  let worker: ExampleWorker;
  let rooms = 0;

  beforeAll(async () => {
    lab = await startPhoneLab();
    worker = await ExampleWorker.start(lab);
  });
  afterAll(async () => {
    await worker[Symbol.asyncDispose]();
    await lab.close();
  });
  beforeEach(() => worker.skipEvents());
  afterEach(async ({ task }) => {
    if (task.result?.state !== 'fail') return;
    throw new Error(
      `the worker's events: ${JSON.stringify(await worker.events())}\n${(await worker.output()).slice(-2000)}`,
    );
  });

  return {
    get worker() {
      return worker;
    },
    callerPhones(script) {
      rooms += 1;
      return lab.call({
        from: CALLER_NUMBER,
        roomName: `call-${rooms}`,
        agentName: AGENT_NAME,
        metadata: JSON.stringify({ transferTo: HUMAN_NUMBER }),
        voice: voices.caller,
        vocabulary,
        script,
      });
    },
    humanPhone: (script) => lab.phone(HUMAN_NUMBER, script, { voice: voices.human, vocabulary }),
    countOf: async (event) => (await worker.events()).filter((logged) => logged.event === event).length,
    expectNoRoomLeft: () =>
      expect
        .poll(async () => (await lab.leftNothing()).filter(({ kind }) => kind !== 'socket'), {
          timeout: 10_000,
          interval: 50,
        })
        .toEqual([]),
  };
}
