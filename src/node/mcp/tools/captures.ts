import type { ToolAnswer } from "../tool.ts";
import { tool } from "../tool.ts";

export const captures = tool({
  name: "captures",
  about: (words) => words("node.mcp-captures"),
  input: () => ({}),
  answer: async (_input, open): Promise<ToolAnswer> => {
    const list: object[] = [];
    for (const capture of open.files.keys()) {
      const number = capture + 1;
      const known = await open.ask(number, (engine) => engine.until(({ storage }) => storage.state === "kept")).then(
        ({ frames, messages, bytes, connections, lost }) => ({ frames, messages, bytes, connections: connections.all, lost }),
        (error: unknown) => ({ problem: String(error) }),
      );
      list.push({ capture: number, file: open.nameOf(number), ...known });
    }
    return { captures: list, secrets: open.withSecrets ? "as captured" : "masked" };
  },
});
