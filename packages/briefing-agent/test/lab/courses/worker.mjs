import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { cli, defineAgent, inference, ServerOptions } from '@livekit/agents';
import { Briefing } from '@org/briefing-agent';
import { courseBriefing } from './course-briefing.mjs';

// A worker of the framework: only a worker runs the model of the local turn detector. A job is one briefing; its results are
// printed in lines that begin with the name of the room.
export default defineAgent({
  entry: async (ctx) => {
    await ctx.connect();
    const report = (what) => process.stdout.write(`${ctx.room.name} ${JSON.stringify(what)}\n`);
    const doInference = async (method, data) => {
      const answer = await ctx.inferenceExecutor.doInference(method, data);
      report({ probability: answer.probability });
      return answer;
    };
    const detector = new inference.TurnDetector({ version: 'v1-mini', executor: { doInference } });
    const { options, stt } = courseBriefing(JSON.parse(ctx.job.metadata), detector);
    const onWaiting = (by) => report({ wait: String(by) });
    const briefing = new Briefing({ ...options, room: ctx.room, humanIdentity: 'human', onWaiting });
    await briefing.start();
    report({ listens: true });
    const human = await ctx.waitForParticipant('human');
    while (human.attributes['sip.callStatus'] !== 'active') await wait(20);
    briefing.brief();
    const result = await briefing.result;
    report({ result, heard: stt.heard });
    await briefing.close();
    ctx.shutdown('the briefing is over');
  },
});

const { AGENT_NAME: agentName = '', WORKER_PORT: port } = process.env;
// Takes jobs on a busy computer, too.
const loadFunc = () => Promise.resolve(0);
cli.runApp(new ServerOptions({ agent: fileURLToPath(import.meta.url), agentName, port: Number(port), loadFunc }));
