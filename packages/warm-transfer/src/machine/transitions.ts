import { idle, redirecting, resolving } from './phases/before.js';
import { connected } from './phases/connected.js';
import { coldTransferring, deciding } from './phases/deciding.js';
import { merging } from './phases/merging.js';
import { releasing } from './phases/releasing.js';
import { seeking } from './phases/seeking.js';
import type { TransitionTable } from './transition-table.js';

export const transitions: TransitionTable = {
  idle,
  resolving,
  seeking,
  deciding,
  redirecting,
  'cold-transferring': coldTransferring,
  merging,
  connected,
  releasing,
  ended: {},
};
