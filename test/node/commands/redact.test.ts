import { expect, it } from "vitest";
import { runHere } from "../run-framescope.ts";

const HAR = Buffer.from(
  JSON.stringify({
    log: {
      version: "1.2",
      creator: { name: "t", version: "1" },
      entries: [
        {
          startedDateTime: "2026-11-20T12:00:00.000Z",
          time: 1,
          request: { method: "GET", url: "wss://x.test/ws?access_token=tok_9f8e7d6c5b4a", headers: [{ name: "Cookie", value: "sid=s3cr3t-cookie" }] },
          response: { status: 101, statusText: "Switching Protocols", headers: [] },
          _webSocketMessages: [{ type: "send", time: 1795176000.5, opcode: 1, data: '{"type":"login","mail":"eve@mail.example","token":"tok_9f8e7d6c5b4a"}' }],
        },
      ],
    },
  }),
);

it("masks what it finds, the same everywhere, and lists it", async () => {
  const { code, out, err } = await runHere(["redact", "-", "-", "--to", "ndjson"], HAR);
  expect(code).toBe(0);
  for (const secret of ["tok_9f8e7d6c5b4a", "s3cr3t-cookie", "eve@mail.example"]) expect(out).not.toContain(secret);
  expect(out).toContain("access_token=‹token-1***›");
  expect(out).toContain('\\"token\\":\\"‹token-1***›\\"');
  expect(out).toContain('"label":"login"');
  expect(err.trim().split("\n").slice(0, 3)).toEqual(["Cookies: 1 place, masked", "Access tokens: 2 places, 1 value, masked", "Email addresses: 1 place, masked"]);
});

it("keeps the kinds that it is told to", async () => {
  const { out, err } = await runHere(["redact", "-", "-", "--to", "ndjson", "--keep", "email,cookie"], HAR);
  expect(out).toContain("eve@mail.example");
  expect(out).toContain("s3cr3t-cookie");
  expect(out).not.toContain("tok_9f8e7d6c5b4a");
  expect(err).toContain("Cookies: 1 place, kept");
});

it("refuses a kind that is none", async () => {
  const { code, err } = await runHere(["redact", "-", "-", "--to", "har", "--keep", "emails"], HAR);
  expect(code).toBe(2);
  expect(err).toContain("emails is no kind of secret");
});
