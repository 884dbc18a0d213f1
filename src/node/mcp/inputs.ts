import { z } from "zod";
import type { Speaker } from "../../words/speaker.ts";

type Words = Speaker["words"];

/** What several tools are given. */
export const captureInput = (words: Words) => z.int().min(1).default(1).describe(words("node.mcp-capture"));
export const connectionInput = (words: Words) => z.int().min(0).describe(words("node.code-connection"));
export const filterInput = (words: Words) => z.string().max(10_000).default("").describe(words("node.filter"));
export const fromInput = (words: Words) => z.int().min(0).default(0).describe(words("node.mcp-from"));
