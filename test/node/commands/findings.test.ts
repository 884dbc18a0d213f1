import { expect, it } from "vitest";
import { runHere } from "../run-framescope.ts";

const START = Date.parse("2026-11-20T12:00:00.000Z") / 1000;
const HAR = Buffer.from(
  JSON.stringify({
    log: {
      version: "1.2",
      creator: { name: "t", version: "1" },
      entries: [
        {
          startedDateTime: "2026-11-20T12:00:00.000Z",
          time: 1,
          request: { method: "GET", url: "wss://x.test/ws?access_token=tok_9f8e7d6c5b4a", headers: [] },
          response: { status: 101, statusText: "Switching Protocols", headers: [] },
          _webSocketMessages: Array.from({ length: 40 }, (_, i) => ({ type: "receive", time: START + 1 + i, opcode: 1, data: `{"type":"tick","seq":${i < 20 ? i : i + 2}}` })),
          _webSocketClose: { code: 4401, reason: "eve@mail.example signed out", timestamp: START + 50 },
        },
      ],
    },
  }),
);

it("prints what is wrong or costly, the gravest first, with the rows that prove it", async () => {
  const { code, out } = await runHere(["findings", "-"], HAR);
  expect(code).toBe(0);
  expect(out.split("\n").slice(0, 4)).toEqual([
    "Problem  Messages are missing  wss://x.test/ws?access_token=tok_9f8e7d6c5b4a",
    "   The numbers of tick (seq) lack 2 messages, between 19 and 22. TCP loses nothing within a connection: look at what the server sends.",
    "   #22",
    "   https://www.rfc-editor.org/rfc/rfc9293#section-2.2",
  ]);
});

it("prints the same for a program", async () => {
  const { out } = await runHere(["findings", "-", "--json"], HAR);
  const { findings } = JSON.parse(out) as { findings: { rule: string; rows: number[] }[] };
  expect(findings.map(({ rule, rows }) => [rule, rows])).toEqual([
    ["sequence-gaps", [22]],
    ["handshake", [1]],
    ["closed-abnormally", [41, 42]],
  ]);
});

it("a bug report has them too, without the secrets that they quote", async () => {
  const { out } = await runHere(["convert", "-", "-", "--to", "markdown"], HAR);
  expect(out).toContain("## Findings\n\n- **[Messages are missing](https://www.rfc-editor.org/rfc/rfc9293#section-2.2)** The numbers of tick (seq) lack 2 messages, between 19 and 22. TCP loses nothing within a connection: look at what the server sends. (\\#22)\n");
  expect(out).toContain("Closed with code 4401");
  for (const secret of ["tok_9f8e7d6c5b4a", "eve@mail"]) expect(out).not.toContain(secret);
});
