import type { PhoneScript } from '@org/phone-lab';
import { parties } from './parties.js';

/**
 * A caller who asks for a person as soon as the receptionist has greeted them, and from then on never stops making
 * themselves heard: every listener who can hear them, does.
 */
export const askForPerson: PhoneScript = async (call) => {
  await call.connected();
  // The first call of a worker waits for all that is loaded.
  await call.waitToHear(parties.receptionist, { forMs: 300, timeoutMs: 30_000 });
  await call.say('person');
  call.tone();
};

/** The same caller, who asks again while on hold, when no model may hear it. */
export const askAgainOnHold: PhoneScript = async (call) => {
  await askForPerson(call);
  await call.waitToHear(parties.hold, { forMs: 500 });
  await call.say('person');
  call.tone();
};

/** A human agent who answers, is audible all the time, listens to the briefing, and takes the call. */
export const takeTheCall: PhoneScript = async (call) => {
  await call.ring(2500);
  await call.answer();
  call.tone();
  await call.waitToHear(parties.briefing, { forMs: 1000 });
  await call.wait(2000);
  await call.say('yes');
};

/** The same human agent in a hurry: picks up immediately, and takes the call by a key as soon as the agent speaks. */
export const takeAtOnce: PhoneScript = async (call) => {
  await call.answer();
  call.tone();
  await call.waitToHear(parties.briefing);
  await call.press('1');
};
