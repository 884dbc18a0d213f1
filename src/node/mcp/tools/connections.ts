import { connectionsOf } from "../../statistics.ts";
import { fitting } from "../answer.ts";
import { captureInput, fromInput } from "../inputs.ts";
import { tool } from "../tool.ts";

export const connections = tool({
  name: "connections",
  about: (words) => words("node.mcp-connections"),
  input: (words) => ({ capture: captureInput(words), from: fromInput(words) }),
  answer: async ({ capture, from }, captures, { tell }) => {
    const all = await captures.ask(capture, connectionsOf);
    const told = all.slice(from).map(({ id, url, transport, subprotocol, state, ending, end, notice, speaks, frames, bytes, times }) => ({
      connection: id,
      url: url.slice(0, MOST_URL),
      transport,
      subprotocol,
      protocol: speaks ?? null,
      state,
      ending: tell(ending),
      end: end ?? null,
      ...(notice !== undefined && { notice: tell(notice) }),
      ...(times > 1 && { connectedAgain: times - 1 }),
      frames,
      bytes,
    }));
    const { items, leftOut } = fitting(told, from, all.length);
    return { connections: items, leftOut };
  },
});

const MOST_URL = 1000;
