import type { Ear } from '../ears/ear.js';
import { PhoneLabError } from '../phone-lab-error.js';
import type { PhoneCall } from '../phone/phone-call.js';

/** The listener of an expectation. */
export interface Listener {
  readonly name: string;
  readonly ear: Ear;
}

/** The listener that was given to `expect()`: an ear, or a call and so its phone. */
export function listenerOf(received: unknown): Listener {
  if (isEar(received)) return { name: 'the ear', ear: received };
  const call = received as Partial<PhoneCall> | null | undefined;
  if (isEar(call?.ear)) return { name: `phone ${call.number ?? ''} in room ${call.roomName ?? ''}`, ear: call.ear };
  throw new PhoneLabError('misuse', 'expect() needs an Ear or a PhoneCall here');
}

function isEar(value: unknown): value is Ear {
  const ear = value as Partial<Ear> | null | undefined;
  return typeof ear?.heardMs === 'function' && typeof ear.timeline === 'function' && typeof ear.pcm === 'function';
}
