import { serverSide } from "../exchanges.ts";
import { javaScriptAddress, javaScriptComment, javaScriptText, javaScriptVariables, nodeBytes } from "../languages/javascript.ts";
import { mockExchanges, mockParts } from "../mock.ts";
import { variablesIn } from "../script.ts";
import type { SnippetTarget } from "../snippet.ts";

/** https://playwright.dev/docs/api/class-websocketroute, from 1.48 on. */
export const playwright: SnippetTarget = {
  id: "playwright",
  name: "Playwright routeWebSocket",
  extension: "mjs",
  side: "server",
  write: (script, tell) => {
    const side = serverSide(script);
    return [
      "// npm install --save-dev @playwright/test",
      ...script.notes.map((note) => javaScriptComment(tell(note))),
      'import { setTimeout as sleep } from "node:timers/promises";',
      "",
      ...javaScriptVariables(variablesIn(script, mockParts(side)), tell, (name) => javaScriptText(name)),
      ...mockExchanges(side, nodeBytes, tell),
      "// await mockWebSocket(page) before page.goto(…)",
      "export async function mockWebSocket(page) {",
      `  await page.routeWebSocket((url) => url.href.split(/[?#]/)[0] === ${javaScriptText(javaScriptAddress(script.url))}, (ws) => {`,
      "    const answerTo = answers();",
      "    const reply = async (replies) => {",
      "      for (const [after, message] of replies) {",
      "        if (after > 0) await sleep(after);",
      "        ws.send(message);",
      "      }",
      "    };",
      "    ws.onMessage((message) => reply(answerTo(message)));",
      "    void reply(GREETING);",
      "  });",
      "}",
      "",
      "const isSame = (a, b) => (typeof a === \"string\" || typeof b === \"string\" ? a === b : a.equals(b));",
      "",
    ].join("\n");
  },
};
