import type { voice } from '@livekit/agents';

/**
 * Makes `task` the current agent of the session, like a task that is awaited in a tool, until `done` settles; then the
 * agent before resumes. Rejects only if the session is closing.
 */
export async function runOutsideTool(
  session: voice.AgentSession,
  task: voice.AgentTask,
  done: Promise<unknown>,
): Promise<void> {
  const before = session.currentAgent;
  // The session finds the paused agent by this when it closes.
  task._oldAgent = before;
  await session._updateActivity(task, { previousActivity: 'pause', newActivity: 'start', waitOnEnter: false });
  if (task._agentActivity === undefined) throw new Error('the session is closing');
  await done;
  // An agent that was set meanwhile stays.
  if (session._closing || session.currentAgent !== task) return;
  const history = before._chatCtx.merge(task._chatCtx, { excludeFunctionCall: true, excludeInstructions: true });
  before._chatCtx.items = history.items;
  await session._updateActivity(before, { previousActivity: 'close', newActivity: 'resume', waitOnEnter: false });
}
