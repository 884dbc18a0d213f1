import { describe, expect, it } from "vitest";
import { readError } from "../../../src/capture/sources/read-failure.ts";
import { en, zh } from "../../words/speakers.ts";

const tell = (words: string | undefined): string => en.tell(readError(words, "ws://no-such-host.invalid/feed").message);

describe("what Chrome says of a connection that failed", () => {
  it("is quoted behind what it means", () => {
    expect(tell("Error in connection establishment: net::ERR_NAME_NOT_RESOLVED")).toBe("Host not found: no-such-host.invalid (“Error in connection establishment: net::ERR_NAME_NOT_RESOLVED”)");
    expect(tell("Error during WebSocket handshake: Unexpected response code: 403")).toBe("403 Forbidden (“Error during WebSocket handshake: Unexpected response code: 403”)");
    expect(tell("HTTP Authentication failed; no valid credentials available")).toBe("401 Unauthorized (“HTTP Authentication failed; no valid credentials available”)");
    expect(zh.tell(readError("Error in connection establishment: net::ERR_CONNECTION_REFUSED", "ws://a.test:81/").message)).toBe("连接被拒绝：a.test:81（“Error in connection establishment: net::ERR_CONNECTION_REFUSED”）");
  });

  it("is quoted alone where its meaning is not known, and no word is put into its mouth where it says nothing", () => {
    expect(tell("Something new")).toBe("“Something new”");
    expect(readError("Something new", "")).not.toHaveProperty("failure");
    expect(tell(undefined)).toBe("Error without a message from Chrome");
  });

  it("is read once: the status and the reason stand beside the words", () => {
    expect(readError("Error during WebSocket handshake: Unexpected response code: 418", "").failure).toEqual({ reason: "status", status: 418 });
    expect(readError("WebSocket opening handshake timed out", "").failure).toEqual({ reason: "timeout" });
    expect(readError("Proxy authentication failed", "").failure).toEqual({ reason: "proxy" });
  });
});
