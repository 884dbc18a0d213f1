import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { snippetTarget } from "../../../src/format/snippets/registry.ts";
import type { SnippetTarget } from "../../../src/format/snippets/snippet.ts";
import { en } from "../../words/speakers.ts";
import { captureConversation, conversation, SAID } from "./a-conversation.ts";
import { aConnection, aScript } from "./a-script.ts";
import { run } from "./runtimes.ts";

const URL_OF_IT = "ws://feed.test/it's (a) [feed]";
const folder = mkdtempSync(join(tmpdir(), "msw-"));
beforeAll(() => {
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(fileURLToPath(new URL("../../../node_modules/msw", import.meta.url)), join(folder, "node_modules", "msw"), "dir");
});
afterAll(() => rmSync(folder, { recursive: true }));

it("a mock for MSW answers as the server of the capture did, whatever the query of the URL is", async () => {
  const { heard, messages } = await captureConversation();
  expect(heard).toHaveLength(9);
  const target = snippetTarget("msw") as SnippetTarget;
  writeFileSync(join(folder, "mock.mjs"), target.write(aScript({ connection: aConnection(`${URL_OF_IT}?token=k7Yw3pQz9LmN2xRt`), messages, side: "server" }), en.tell));
  writeFileSync(
    join(folder, "page.mjs"),
    `import { setupServer } from "msw/node";
import { handlers } from "./mock.mjs";
setupServer(...handlers).listen({ onUnhandledRequest: "error" });
console.log(JSON.stringify(await ${conversation("WebSocket", `${URL_OF_IT}?token=another`)}));
process.exit();`,
  );
  const { out, err } = await run(process.execPath, ["--experimental-websocket", "--no-warnings", "page.mjs"], { cwd: folder });
  expect(err).toBe("");
  expect(JSON.parse(out)).toEqual(heard);
  expect(SAID).toHaveLength(messages.filter(({ sent }) => sent !== undefined).length);
});
