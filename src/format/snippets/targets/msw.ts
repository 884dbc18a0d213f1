import { serverSide } from "../exchanges.ts";
import { javaScriptAddress, javaScriptComment, javaScriptText, javaScriptVariables, webBytes } from "../languages/javascript.ts";
import { mockExchanges, mockParts } from "../mock.ts";
import { variablesIn } from "../script.ts";
import type { SnippetTarget } from "../snippet.ts";

/** https://mswjs.io/docs/api/ws, from 2.6 on. */
export const msw: SnippetTarget = {
  id: "msw",
  name: "MSW ws",
  extension: "mjs",
  side: "server",
  write: (script, tell) => {
    const side = serverSide(script);
    return [
      "// npm install --save-dev msw",
      ...script.notes.map((note) => javaScriptComment(tell(note))),
      'import { ws } from "msw";',
      "",
      ...javaScriptVariables(variablesIn(script, mockParts(side)), tell, (name) => javaScriptText(name)),
      ...mockExchanges(side, webBytes, tell),
      `const link = ws.link(new RegExp(${javaScriptText(`^${escapePattern(javaScriptAddress(script.url))}$`)}));`,
      "",
      "// setupWorker(...handlers) in a page, setupServer(...handlers) in Node",
      "export const handlers = [",
      '  link.addEventListener("connection", ({ client }) => {',
      "    const answerTo = answers();",
      "    const reply = async (replies) => {",
      "      for (const [after, message] of replies) {",
      "        if (after > 0) await sleep(after);",
      "        client.send(message);",
      "      }",
      "    };",
      '    client.addEventListener("message", ({ data }) => reply(answerTo(data)));',
      "    void reply(GREETING);",
      "  }),",
      "];",
      "",
      "const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));",
      "const isSame = (a, b) => (typeof a === \"string\" || typeof b === \"string\" ? a === b : String(new Uint8Array(a)) === String(new Uint8Array(b)));",
      "",
    ].join("\n");
  },
};

const escapePattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
