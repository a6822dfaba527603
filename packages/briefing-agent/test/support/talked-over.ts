import type { PhoneLab } from '@org/phone-lab';
import type { BriefingResult } from '../../src/index.ts';
import { Consult } from './fixture.ts';
import { words } from './lab.ts';

/**
 * Plays a voicemail that talks over a greeting, to a model that connects and, once it was refused, checks again. Returns how the
 * briefing ended, and why the model was refused.
 */
export async function talkedOver(
  lab: PhoneLab,
  greeting: string,
): Promise<{ result: BriefingResult; refusal: string | undefined }> {
  await using consult = await Consult.open(lab, {
    greeting,
    reply: ({ toolResult }) => ({
      call: { name: toolResult === undefined ? 'connect_to_caller' : 'voicemail_detected' },
    }),
  });
  await consult.brief(async (call) => {
    await call.answer();
    call.tone(words.hello);
    await call.wait(3000);
    call.quiet();
  });
  return { result: await consult.briefing.result, refusal: consult.model.turns.at(-1)?.toolResult?.output };
}
