import { spawn } from 'node:child_process';

// A worker that never registers, does not care for SIGTERM, and has a child that does not either.
const deaf = "process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000);";
process.on('SIGTERM', () => undefined);
spawn(process.execPath, ['-e', deaf, process.argv[3] ?? ''], { stdio: 'ignore' });
process.stdout.write(`serving ${process.env.LIVEKIT_URL} as ${process.argv[2]}\n`);
setInterval(() => undefined, 1000);
