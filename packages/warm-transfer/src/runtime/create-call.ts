import { type ConnectedCallEnd, connectedCallEnd } from '../outcome/connected-call-end.js';
import { createConnectedCall, type ConnectedCall } from '../outcome/connected-call.js';
import type { TransferRunner } from './transfer-runner.js';
import { harmless } from '../outcome/user-callback.js';

/** Creates the call of a connected attempt. `warn` receives errors of the user's listeners. */
export function createCall(run: TransferRunner, attemptId: string, warn: (cause: unknown) => void): ConnectedCall {
  const call = run.portsOf(attemptId)?.merge.call;
  if (call === undefined) throw new Error('the merge has no call');
  const ended = run.callEnd.then((over): ConnectedCallEnd => connectedCallEnd(over, call.by));
  const hangUp = (): Promise<ConnectedCallEnd> => {
    run.dispatch({ type: 'hang-up' });
    return ended;
  };
  const listen: ConnectedCall['listen'] = (listener) => call.listen(harmless(listener, warn));
  return createConnectedCall(call, { humanAgentIdentity: () => call.humanIdentity, ended, hangUp, listen });
}
