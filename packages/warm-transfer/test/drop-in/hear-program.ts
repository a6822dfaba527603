import { HOLD_MUSIC_BAND } from '@org/hold-audio/testing';
import type { PhoneCall, PhoneLab } from '@org/phone-lab';
import { deferred } from '@org/support';
import { hearOut, voices } from '../support/call-center.js';
import { sought } from '../outage/sought.js';
import { LabJob } from './job.js';
import { newProgram, supervisor, words as vocabulary } from './new-program.js';
import { entry, type Program } from './program.js';

/** What caller and human agent hear of LiveKit's example, by what happens before; milliseconds. `undefined`: never. */
export interface HeardProgram {
  readonly 'caller asks → phone is called': number | undefined;
  readonly 'caller asks → caller hears music': number | undefined;
  readonly 'answer → human hears the briefing': number | undefined;
  readonly '"yes" → music has ended at the caller': number | undefined;
  readonly '"yes" → caller hears human': number | undefined;
  readonly '"yes" → human hears caller': number | undefined;
  readonly '"yes" → caller hears the announcement': number | undefined;
  readonly '"yes" → human hears the announcement': number | undefined;
  readonly 'announcement at the caller, at the human': string;
  readonly 'before "yes": human hears caller, caller hears human': string;
  readonly 'the second after the session: caller hears human, human hears caller': string;
}

const music = { name: 'hold', frequencies: [], band: HOLD_MUSIC_BAND } as const;

/** How long after `from` a call first hears a tone. */
function heard(call: PhoneCall, hz: number, from: number): number | undefined {
  const at = call.ear.firstHeardAt(hz, { from });
  return at === undefined ? undefined : at - from;
}

function forMs(call: PhoneCall, hz: number, from: number, to: number): number {
  return call.ear.heardMs(hz, { from, to });
}

let calls = 0;

/** Runs LiveKit's example with a task: a caller asks for a person, who listens, says yes, and stays on the line. */
export async function hearProgram(
  lab: PhoneLab,
  briefing: { readonly merge?: { readonly supportsMove: boolean } },
  task?: Program['task'],
): Promise<HeardProgram> {
  calls += 1;
  const roomName = `heard-${calls}`;
  const [asked, answered, accepted] = [deferred<number>(), deferred<number>(), deferred<number>()];
  const phone = lab.phone(
    supervisor,
    async (call) => {
      await call.ring(1_500);
      await call.answer();
      answered.resolve(Date.now());
      call.tone();
      await hearOut(call, voices.briefing);
      await call.say('yes');
      accepted.resolve(Date.now());
      call.tone();
    },
    { voice: voices.human, vocabulary },
  );
  const { program, told } = newProgram();
  const caller = await lab.call({
    from: '+15550199',
    roomName,
    voice: voices.caller,
    vocabulary,
    script: async (call) => {
      await call.connected();
      await hearOut(call);
      await call.say('person');
      asked.resolve(Date.now());
      call.tone();
    },
  });
  const job = await LabJob.start(lab, roomName, (ctx) =>
    entry(ctx, { ...program, ...(task && { task }), briefing: { ...program.briefing, ...briefing } }),
  );
  try {
    const [askedAt, human, answeredAt] = await Promise.all([asked.promise, phone.nextCall(), answered.promise]);
    const acceptedAt = await accepted.promise;
    const result = await told;
    if (result instanceof Error) throw result;
    // The example shuts its session down when it has said that they are connected.
    await sought(() => job.session._closing || undefined, 20_000);
    await job.session.close();
    const alone = Date.now();
    await caller.wait(1_500);
    const musicAt = caller.ear.firstHeardAt(music, { from: askedAt });
    return {
      'caller asks → phone is called': human.placedAt - askedAt,
      'caller asks → caller hears music': musicAt === undefined ? undefined : musicAt - askedAt,
      'answer → human hears the briefing': heard(human, voices.briefing, answeredAt),
      '"yes" → music has ended at the caller': caller.ear.heardMs(music, { from: acceptedAt, to: acceptedAt + 10_000 }),
      '"yes" → caller hears human': heard(caller, voices.human, acceptedAt),
      '"yes" → human hears caller': heard(human, voices.caller, acceptedAt),
      '"yes" → caller hears the announcement': heard(caller, voices.agent, acceptedAt),
      '"yes" → human hears the announcement': heard(human, voices.agent, acceptedAt),
      'announcement at the caller, at the human': [caller, human]
        .map((call) => forMs(call, voices.agent, acceptedAt, alone))
        .join(', '),
      'before "yes": human hears caller, caller hears human': [
        forMs(human, voices.caller, answeredAt, acceptedAt),
        forMs(caller, voices.human, answeredAt, acceptedAt),
      ].join(', '),
      'the second after the session: caller hears human, human hears caller': [
        forMs(caller, voices.human, alone, alone + 1_000),
        forMs(human, voices.caller, alone, alone + 1_000),
      ].join(', '),
    };
  } finally {
    for (const call of [...phone.calls, caller]) if (call.ended === undefined) await call.hangUp();
    await job.end();
  }
}
