import { coldTransferring } from './phases/cold-transferring.js';
import { connected } from './phases/connected.js';
import { deciding } from './phases/deciding.js';
import { idle } from './phases/idle.js';
import { merging } from './phases/merging.js';
import { redirecting } from './phases/redirecting.js';
import { releasing } from './phases/releasing.js';
import { resolving } from './phases/resolving.js';
import { attempting } from './phases/attempting.js';
import type { TransitionTable } from './state/transition-table.js';

export const transitions: TransitionTable = {
  idle,
  resolving,
  attempting,
  deciding,
  redirecting,
  'cold-transferring': coldTransferring,
  merging,
  connected,
  releasing,
  ended: {},
};
