import type { LineOptions } from '../line/line-options.js';
import type { LineRoute } from '../network/line-route.js';
import type { Headers } from '../sip/header-attributes.js';
import type { Vocabulary } from '../tones/tone-words.js';
import type { MovableLine } from '../line/movable-line.js';
import type { SpeechOptions } from '../phone/phone.js';
import type { PhoneCall } from '../phone/phone-call.js';
import type { LineIdentity } from '../line/phone-line.js';

/** Everything that is known of a call before it begins. */
export interface CallSetup {
  readonly direction: PhoneCall['direction'];
  readonly number: string;
  /** The number that the INVITE shows. */
  readonly callerId: string;
  readonly seat: LineIdentity;
  readonly line: MovableLine;
  /** The way of the line's packets. */
  readonly route: LineRoute;
  readonly voice: number | undefined;
  readonly vocabulary: Vocabulary;
  readonly ownProcess: boolean;
  readonly speech?: SpeechOptions | undefined;
  /** The phone's line, as the test wants it. */
  readonly lineOptions: LineOptions;
  /** Headers of the INVITE that began the call. */
  readonly headers: Headers;
  /** Header by attribute, for requests to the phone in the call. */
  readonly attributesToHeaders: Headers;
}
