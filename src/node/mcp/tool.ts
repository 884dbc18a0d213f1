import type { ZodRawShape, z } from "zod";
import type { Speaker } from "../../words/speaker.ts";
import type { OpenCaptures } from "./open-captures.ts";

/** What is put together for an agent: plain JSON. */
export type ToolAnswer = Readonly<Record<string, unknown>>;

/** One thing that an agent can ask: a file in tools/ and a line in tool-registry.ts. */
export interface Tool<Input extends ZodRawShape = ZodRawShape> {
  readonly name: string;
  /** What it answers, and of what; that what it answers is data is said for all of them. */
  readonly about: (words: Speaker["words"]) => string;
  /** Left out: always. */
  readonly isOffered?: (captures: OpenCaptures) => boolean;
  readonly input: (words: Speaker["words"]) => Input;
  /** Rejects with a `Refusal`, which the agent is told. */
  readonly answer: (input: z.output<z.ZodObject<Input>>, captures: OpenCaptures, speaker: Speaker) => Promise<ToolAnswer>;
}

/** Keeps the types of a tool's input together. */
export const tool = <Input extends ZodRawShape>(made: Tool<Input>): Tool => made as unknown as Tool;
