import { z } from "zod";
import { tool } from "../tool.ts";

export const open = tool({
  name: "open",
  about: (words) => words("node.mcp-open"),
  isOffered: ({ mayOpen }) => mayOpen,
  input: (words) => ({ path: z.string().min(1).max(4096).describe(words("node.file")) }),
  answer: async ({ path }, captures) => ({ capture: await captures.add(path) }),
});
