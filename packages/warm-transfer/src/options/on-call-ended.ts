/**
 * What to do when the call of caller and human agent has ended, and the caller is not returned to the AI.
 * - `end-job`: close the session, delete the caller room and shut down the job, as LiveKit's task does.
 * - `leave`: nothing, for a program that continues.
 */
export type OnCallEnded = 'end-job' | 'leave';
