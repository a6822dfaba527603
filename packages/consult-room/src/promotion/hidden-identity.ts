/**
 * The identity that the server creates if a dispatch rule hides the number: `sip_` and the first 8 bytes of the SHA-256
 * hash of the From user, in hexadecimal. Two callers with the same From user, such as `anonymous`, have the same
 * identity, and the From user of a phone is not known before it calls.
 */
const hiddenForm = /^sip_[0-9a-f]{16}$/;

/** Whether a leg with a hidden number may have this identity, and so disconnect its owner. */
export function isHiddenIdentity(identity: string): boolean {
  return hiddenForm.test(identity);
}
