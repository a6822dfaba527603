import { startPhoneLab } from '../../src/index.js';

// Run as a process of its own, to be killed: prints the lab's address and the server's process id.
const lab = await startPhoneLab();
process.stdout.write(`${JSON.stringify({ url: lab.url, log: lab.serverLog })}\n`);
setInterval(() => undefined, 1000);
