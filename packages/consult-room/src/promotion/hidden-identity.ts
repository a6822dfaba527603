/**
 * The form of an identity that the server makes where a dispatch rule hides the number: `sip_` and the first 8 bytes of
 * the SHA-256 hash of the From user, in hexadecimal. Two callers with the same From user, such as `anonymous`, have the
 * same identity, and the From user of a phone is not known before it calls.
 */
const hiddenForm = /^sip_[0-9a-f]{16}$/;

/** Whether a line whose number is hidden might come under this very identity, and so disconnect its owner. */
export function isHiddenIdentity(identity: string): boolean {
  return hiddenForm.test(identity);
}
