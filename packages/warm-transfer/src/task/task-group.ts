import { workflows } from '@livekit/agents';

/** The `workflows.TaskGroup` of LiveKit, for applications that import all of `workflows` from here. */
export const TaskGroup: typeof workflows.TaskGroup = workflows.TaskGroup;
export type TaskGroup = workflows.TaskGroup;
export type TaskCompletedEvent = workflows.TaskCompletedEvent;
export type TaskGroupOptions = workflows.TaskGroupOptions;
export type TaskGroupResult = workflows.TaskGroupResult;
