// A worker without a name, which the server dispatches to every new room that has no dispatch of its own.
import { fileURLToPath } from 'node:url';
import { cli, defineAgent, ServerOptions } from '@livekit/agents';

export default defineAgent({
  entry: async (job) => {
    await job.connect();
  },
});

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const agent = fileURLToPath(import.meta.url);
  const port = Number(process.env.WORKER_PORT);
  cli.runApp(new ServerOptions({ agent, port, production: false, numIdleProcesses: 1 }));
}
