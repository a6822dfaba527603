/** Explicit dispatch only: a worker without a name would be sent into every room, the consult room included. */
export const AGENT_NAME = 'receptionist';
