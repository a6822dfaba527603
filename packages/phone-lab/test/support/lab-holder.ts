import { startPhoneLab } from '../../src/index.js';

// Run as a process of its own, to be killed: prints the lab's address, the server's log and the process of a phone that is stopped.
const lab = await startPhoneLab();
const { line } = await lab.call({ from: '+1', roomName: 'held', ownProcess: true });
const phone = line.pid;
line.stop();
process.stdout.write(`${JSON.stringify({ url: lab.url, log: lab.serverLog, phone })}\n`);
setInterval(() => undefined, 1000);
