// #region readme
import { type Dialer, type DialRequest, observeDial } from '@org/sip-dialer';

/** Writes down what happens to a call until it is over. */
export async function keepALog(dialer: Dialer, request: DialRequest, log: (line: string) => void): Promise<void> {
  for await (const step of observeDial(dialer, request)) {
    log(step.status); // dialing, ringing, answered, ended
    if ('end' in step) log(`by ${step.end.by}`);
    if ('failed' in step) log(step.failed.status);
  }
}
// #endregion readme
