import { say, type Tell } from "../../model/said.ts";
import type { ServerSide } from "./exchanges.ts";
import { javaScriptComment, javaScriptData } from "./languages/javascript.ts";
import type { Data, PacedStep } from "./script.ts";

/** All that stands in a mock. */
export const mockParts = ({ greeting, exchanges }: ServerSide): readonly Data[] => [...greeting.map(({ data }) => data), ...exchanges.flatMap(({ on, replies }) => [on, ...replies.map(({ data }) => data)])];

/** What the server sent, as constants, and the function that finds the answers to a message. It needs an `isSame`. */
export function mockExchanges({ greeting, exchanges }: ServerSide, bytes: (data: Uint8Array) => string, tell: Tell): string[] {
  const text = (data: Data): string => javaScriptData(data, bytes);
  const lines = (replies: readonly PacedStep[], indent: string): string[] => replies.map(({ pause, data }) => `${indent}[${pause}, ${text(data)}],`);
  return [
    javaScriptComment(tell(say("snippet.greeting"))),
    `const GREETING = [${greeting.length === 0 ? "];" : ""}`,
    ...(greeting.length === 0 ? [] : [...lines(greeting, "  "), "];"]),
    javaScriptComment(tell(say("snippet.exchanges"))),
    `const EXCHANGES = [${exchanges.length === 0 ? "];" : ""}`,
    ...(exchanges.length === 0
      ? []
      : [
          ...exchanges.flatMap(({ on, replies }) =>
            replies.length === 0 ? [`  { on: ${text(on)}, replies: [] },`] : ["  {", `    on: ${text(on)},`, "    replies: [", ...lines(replies, "      "), "    ],", "  },"],
          ),
          "];",
        ]),
    "",
    javaScriptComment(tell(say("snippet.answers"))),
    "function answers() {",
    "  const left = [...EXCHANGES];",
    "  return (message) => {",
    "    const at = left.findIndex(({ on }) => isSame(on, message));",
    "    const again = at < 0 ? EXCHANGES.find(({ on }) => isSame(on, message)) : undefined;",
    "    return (again ?? left.splice(Math.max(0, at), 1)[0])?.replies ?? [];",
    "  };",
    "}",
    "",
  ];
}
