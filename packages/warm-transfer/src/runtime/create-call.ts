import { type CallOver, callOver } from '../outcome/connected-call-end.js';
import { mergedCall, type MergedCall } from '../outcome/merged-call.js';
import type { TransferRun } from './transfer-runner.js';
import { harmless } from '../outcome/user-callback.js';

/** The call of the two whom an attempt of a transfer has connected. `note` takes what a user's listener throws. */
export function callOf(run: TransferRun, attemptId: string, note: (cause: unknown) => void): MergedCall {
  const call = run.portsOf(attemptId)?.merge.call;
  if (call === undefined) throw new Error('a transfer connected two people without a call');
  const ended = run.callOver.then((over): CallOver => callOver(over, call.by));
  const hangUp = (): Promise<CallOver> => {
    run.dispatch({ type: 'hang-up' });
    return ended;
  };
  const listen: MergedCall['listen'] = (listener) => call.listen(harmless(listener, note));
  return mergedCall(call, { humanAgentIdentity: () => call.humanIdentity, ended, hangUp, listen });
}
