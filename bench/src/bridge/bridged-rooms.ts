export const CALLER = 'caller';
export const HUMAN = 'human-agent';

/** The two rooms of one bridged call of one run. */
export const bridgedRooms = (
  variant: string,
  calls: number,
  call: number,
): { readonly caller: string; readonly consult: string } => ({
  caller: `caller-room-${variant}-${calls}-${call}`,
  consult: `consult-room-${variant}-${calls}-${call}`,
});
