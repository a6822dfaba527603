export { FakePorts, type PortCall, type PortFault } from './testing/fake-ports.js';
export { settlePromises, VirtualClock } from './testing/virtual-clock.js';
