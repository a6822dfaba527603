export { FakeAttempt } from './testing/fake-attempt.js';
export { FakePorts, onlyTarget } from './testing/fake-ports.js';
export { type PortCall, type PortFault, type PortFaults } from './testing/port-faults.js';
export { settlePromises, VirtualClock } from './testing/virtual-clock.js';
export type { TransferEvent } from './machine/state/event.js';
export type { TransferState } from './machine/state/state.js';
export { transition } from './machine/transition.js';
