/**
 * What to do when the call of caller and human agent has ended, and the AI does not have the caller back.
 *
 * - `end-job`: close the session, delete the caller's room and shut down the job, as LiveKit's task does.
 * - `leave`: nothing, for a program that goes on.
 */
export type OnCallEnded = 'end-job' | 'leave';
