import { flag, type OptionCheck, required, rule, shape, type ShapeFields, shownByKind, signal } from '@org/support';
import { ringingTimeoutMs } from './dial-request-shape.js';
import { headers, line } from './sip-rules.js';

const transferFields: ShapeFields = { headers, ringingTimeoutMs, playDialtone: flag };
const referTo = rule('a phone number, a tel: URI, or a sip: or sips: URI with user and host', isString, shownByKind);

function isString(value: unknown): boolean {
  return typeof value === 'string';
}

/** The first parameter of `SipDialer.coldTransfer()`. */
export const coldTransferRequest: OptionCheck = required(
  shape({ roomName: required(line), identity: required(line), to: required(referTo), ...transferFields }),
);

/** The second parameter of `SipDialer.coldTransfer()`. */
export const coldTransferOptions: OptionCheck = required(shape({ signal }));

/** The second parameter of `SipCall.coldTransfer()`. */
export const callTransferOptions: OptionCheck = required(shape({ ...transferFields, signal }));
