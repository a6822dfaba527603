import type { voice } from '@livekit/agents';

/**
 * Lets `task` have the session's caller, as a task that is awaited in a tool has it, until `done` settles; then the agent
 * that had the caller before has them back. Rejects only when the session is closing.
 */
export async function runBeside(
  session: voice.AgentSession,
  task: voice.AgentTask,
  done: Promise<unknown>,
): Promise<void> {
  const before = session.currentAgent;
  // By this the session, when it closes, finds the agent that is paused.
  task._oldAgent = before;
  await session._updateActivity(task, { previousActivity: 'pause', newActivity: 'start', waitOnEnter: false });
  if (task._agentActivity === undefined) throw new Error('the session is closing');
  await done;
  // Who has given the session another agent meanwhile wants that one.
  if (session._closing || session.currentAgent !== task) return;
  const history = before._chatCtx.merge(task._chatCtx, { excludeFunctionCall: true, excludeInstructions: true });
  before._chatCtx.items = history.items;
  await session._updateActivity(before, { previousActivity: 'close', newActivity: 'resume', waitOnEnter: false });
}
