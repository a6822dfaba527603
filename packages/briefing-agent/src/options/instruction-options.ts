/** Parts of the built-in prompt that can be replaced one by one. */
export interface BriefingInstructions {
  /** Who the agent is, what it is after, and how it speaks. Replaces the built-in text. */
  persona?: string;
  /** Added at the end. */
  extra?: string;
}

/** Names that the agent is told. Each is left out of the prompt when it is not known. */
export interface BriefingNames {
  /** The company for which the assistant talks to callers. */
  company?: string;
  /** The name by which the assistant introduces itself. */
  assistant?: string;
  /** The person who is phoned. */
  colleague?: string;
  /** Their department. */
  department?: string;
}

/** What a prompt is made of, for those who write all of it. */
export interface InstructionMaterial {
  /** The built-in text on who the agent is. */
  readonly persona: string;
  /** The conversation with the caller, fenced and declared to be data; `''` when there is none. */
  readonly conversation: string;
  /** When to call which of our tools, and the keys. */
  readonly rules: string;
}

/** Writes the whole prompt. Nothing is added to what it returns. */
export type WriteInstructions = (material: InstructionMaterial) => string;
