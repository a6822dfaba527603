import { PhoneLabError } from '../phone-lab-error.js';
import { keyToCode } from '../media/dtmf-keys.js';
import type { PhoneCall, PhoneScript } from './phone-call.js';
import { plainPrompt, type Speak, type SpokenPrompt } from './spoken-prompt.js';

/** A menu of an interactive voice response: it says what can be pressed, and waits for a key. */
export interface IvrMenu {
  /** Default 1.2 s of bursts of 440 Hz. A key interrupts it. */
  readonly prompt?: SpokenPrompt;
  /** The result of each key: a further menu, or a step of the phone. */
  readonly keys: Readonly<Record<string, IvrMenu | PhoneScript>>;
  /** How long it waits for a key after the prompt. Default 5000. */
  readonly keyLimitMs?: number;
  /** How often it says the prompt before it gives up. Default 3. */
  readonly attempts?: number;
}

const ivrDefaults: Readonly<Required<Pick<IvrMenu, 'keyLimitMs' | 'attempts'>>> = Object.freeze({
  keyLimitMs: 5000,
  attempts: 3,
});

/** The path of a caller through a menu. */
export interface IvrResult {
  /** The keys that led on, in order. */
  readonly path: string;
  /** False if a menu got no known key, and the phone hung up. */
  readonly chosen: boolean;
}

/** How many of a call's keys were taken by steps of its script. */
export interface KeyCursor {
  taken: number;
}

/** Leads the other side through a menu, beginning with the first key that no step has taken. */
export async function runIvr(call: PhoneCall, speak: Speak, menu: IvrMenu, cursor: KeyCursor): Promise<IvrResult> {
  checkMenu(menu);
  if (call.status.at(-1)?.status !== 'active') await (call.direction === 'outbound' ? call.answer() : call.connected());
  let [current, path, attempt] = [menu, '', 1];
  while (attempt <= (current.attempts ?? ivrDefaults.attempts)) {
    const key = await askForKey(call, speak, current, cursor);
    const next = key === undefined ? undefined : current.keys[key];
    if (next) path += key;
    if (typeof next === 'function') {
      await next(call);
      return { path, chosen: true };
    }
    [current, attempt] = next ? [next, 1] : [current, attempt + 1];
  }
  await call.hangUp();
  return { path, chosen: false };
}

/** Says the prompt until a key comes, and waits for one after it; undefined if none came. */
async function askForKey(call: PhoneCall, speak: Speak, menu: IvrMenu, cursor: KeyCursor): Promise<string | undefined> {
  let isSaid = false;
  const said = speak(menu.prompt ?? plainPrompt()).finally(() => {
    isSaid = true;
  });
  await Promise.race([said, untilKey(call, cursor, () => isSaid)]);
  const deadline = Date.now() + (menu.keyLimitMs ?? ivrDefaults.keyLimitMs);
  await untilKey(call, cursor, () => Date.now() >= deadline);
  const key = call.keys[cursor.taken]?.key;
  if (key === undefined) return undefined;
  cursor.taken += 1;
  call.quiet();
  await said;
  return key;
}

async function untilKey(call: PhoneCall, cursor: KeyCursor, isOver: () => boolean): Promise<void> {
  while (call.keys[cursor.taken] === undefined && !isOver()) await call.wait(20);
}

function checkMenu(menu: IvrMenu): void {
  const { keyLimitMs, attempts } = { ...ivrDefaults, ...menu };
  if (!(keyLimitMs > 0)) throw new PhoneLabError('invalid-option', `keyLimitMs must be more than 0, not ${keyLimitMs}`);
  if (!(Number.isInteger(attempts) && attempts > 0)) {
    throw new PhoneLabError('invalid-option', `attempts must be a whole number of 1 or more, not ${attempts}`);
  }
  for (const [key, next] of Object.entries(menu.keys)) {
    keyToCode(key);
    if (typeof next !== 'function') checkMenu(next);
  }
}
