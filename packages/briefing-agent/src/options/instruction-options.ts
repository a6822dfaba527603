/** Parts of the built-in prompt that can be replaced one by one. */
export interface BriefingInstructions {
  /** Describes the agent, its goal, and its way to speak. Replaces the built-in text. */
  persona?: string;
  /** Added at the end of the prompt. */
  extra?: string;
}

/** Names for the prompt and the fixed sentences. An unknown name is omitted. */
export interface BriefingNames {
  /** The company for which the assistant talks to callers. */
  company?: string;
  /** The name by which the assistant introduces itself. */
  assistant?: string;
  /** The name of the human agent. */
  colleague?: string;
  /** The human agent's department. */
  department?: string;
}

interface InstructionMaterial {
  /** The built-in description of the agent. */
  readonly persona: string;
  /** The conversation with the caller, fenced and declared to be data; `''` when there is none. */
  readonly conversation: string;
  /** The rules for the built-in tools, and the keys. */
  readonly rules: string;
}

/** Writes the whole prompt from its built-in parts. Nothing is added to the returned string. */
export type WriteInstructions = (material: InstructionMaterial) => string;
