import { describe, expect, it } from "vitest";
import { findings, unanswered } from "./findings.ts";
import { readError } from "../../../src/capture/sources/read-failure.ts";

/** What is said of a handshake that Chrome reports as failed with these words, and as nothing else. */
function refused(words: string): string {
  const { message, failure } = readError(words, "ws://feed.test/");
  const found = findings(unanswered({ state: "failed", ending: message, ...(failure && { failure }) }));
  expect(found[0]).toMatchObject({ title: "Status", verdict: "problem" });
  expect(found.map(({ title }) => title)).not.toContain("Sec-WebSocket-Accept");
  expect(found.filter(({ verdict }) => verdict === "problem")).toHaveLength(1);
  return found[0]?.text ?? "";
}

describe("a refused handshake", () => {
  it.each([
    ["Error during WebSocket handshake: Unexpected response code: 403", "whether the server allows this Origin"],
    ["Error during WebSocket handshake: Unexpected response code: 302", "redirects"],
    ["Error during WebSocket handshake: Unexpected response code: 418", "answered 418"],
    ["HTTP Authentication failed; no valid credentials available", "401 or 407"],
    ["Error during WebSocket handshake: Incorrect 'Sec-WebSocket-Accept' header value", "does not match the key"],
    ["Error in connection establishment: net::ERR_CONNECTION_REFUSED", "Nothing listens"],
    ["Error in connection establishment: net::ERR_UNSAFE_PORT", "never connect to this port"],
  ])("%s is told with Chrome's words and what they mean", (ending, meaning) => {
    expect(refused(ending)).toContain(ending);
    expect(refused(ending)).toContain(meaning);
  });

  it("without a reason, or with an unknown or endless one, is still told", () => {
    expect(refused("")).toContain("without a message");
    expect(findings(unanswered({ state: "failed" }))[0]?.text).toContain("no reason");
    expect(findings(unanswered({ state: "failed", ending: "As an older capture has it" }))[0]?.text).toContain('"As an older capture has it".');
    expect(refused("Something new")).toContain('“Something new”.');
    expect(refused("x".repeat(5000)).length).toBeLessThan(500);
  });

  it("is not a refusal while the server has not answered yet", () => {
    expect(findings(unanswered({ state: "connecting" }))[0]).toMatchObject({ verdict: "unknown", text: "The server has not answered yet." });
  });
});
