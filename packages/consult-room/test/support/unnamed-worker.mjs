// A worker without a name, which the server sends into every new room that has no dispatch of its own.
import { fileURLToPath } from 'node:url';
import { cli, defineAgent, ServerOptions } from '@livekit/agents';

export default defineAgent({
  entry: async (job) => {
    await job.connect();
  },
});

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  cli.runApp(new ServerOptions({ agent: fileURLToPath(import.meta.url), production: false, numIdleProcesses: 1 }));
}
