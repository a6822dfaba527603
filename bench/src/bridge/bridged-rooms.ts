export const CALLER = 'caller';
export const HUMAN = 'human-agent';
/** The gateway's address for phones; the lab's phones call back at any address. */
export const GATEWAY = 'sip:gateway.example.test';

/** The two rooms of one bridged call of one run. */
export const bridgedRooms = (
  variant: string,
  calls: number,
  call: number,
): { readonly caller: string; readonly consult: string } => ({
  caller: `caller-room-${variant}-${calls}-${call}`,
  consult: `consult-room-${variant}-${calls}-${call}`,
});

/** A machine that is busy with a short run takes its time until audio flows. */
export const patient = Object.freeze({ verifyTimeoutMs: 15_000 });
