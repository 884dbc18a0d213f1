import { describe, expect, it } from "vitest";
import { aConnection } from "../a-connection.ts";
import { finding, findings, request, response, type Finding } from "./findings.ts";

function agreed(answer: string, offer = "permessage-deflate; client_max_window_bits"): Finding {
  const offered = request(`Sec-WebSocket-Extensions: ${offer}`);
  return finding("permessage-deflate", { ...offered, ...response(`Sec-WebSocket-Extensions: ${answer}`) });
}

describe("permessage-deflate", () => {
  it.each([
    ["permessage-deflate", "Both sides keep their window"],
    ["permessage-deflate", "could have limited the browser's window"],
    ["permessage-deflate; server_no_context_takeover", "The server does not keep its window"],
    ["permessage-deflate; client_no_context_takeover", "The browser does not keep its window"],
    ["permessage-deflate; client_no_context_takeover; server_no_context_takeover", "Neither side keeps its window"],
    ["permessage-deflate; server_max_window_bits=10", "server's window has 1,024 bytes at most"],
    ['permessage-deflate; client_max_window_bits="15"', "browser's window has 32,768 bytes at most"],
  ])("accepted as %j is told in words", (answer, words) => {
    const found = agreed(answer);
    expect(found.verdict).toBe("ok");
    expect(found.text).toContain(words);
  });

  it.each([
    ["permessage-deflate; client_max_window_bits", "has no value"],
    ["permessage-deflate; client_max_window_bits=16", "8 to 15"],
    ["permessage-deflate; server_max_window_bits=08", "8 to 15"],
    ["permessage-deflate; server_no_context_takeover=1", "takes no value"],
    ["permessage-deflate; server_no_context_takeover; server_no_context_takeover", "is repeated"],
    ["permessage-deflate; mem_level=9", "no parameter"],
  ])("accepted as %j breaks RFC 7692", (answer, words) => {
    const found = agreed(answer);
    expect(found.verdict).toBe("problem");
    expect(found.text).toContain(words);
  });

  it.each([
    ["permessage-deflate; client_max_window_bits=10", "permessage-deflate", "did not offer"],
    ["permessage-deflate; client_max_window_bits=12", "permessage-deflate; client_max_window_bits=10", "more than the 10"],
    ["permessage-deflate", "permessage-deflate; server_max_window_bits=10", "did not agree"],
    ["permessage-deflate; server_max_window_bits=11", "permessage-deflate; server_max_window_bits=10", "more than the 10"],
    ["permessage-deflate", "permessage-deflate; server_no_context_takeover", "did not agree"],
  ])("accepted as %j does not fit the offer %j", (answer, offer, words) => {
    expect(agreed(answer, offer)).toMatchObject({ verdict: "problem", text: expect.stringContaining(words) });
  });

  it("answers whichever of several offers it fits", () => {
    expect(agreed("permessage-deflate", "permessage-deflate; server_max_window_bits=10, permessage-deflate").verdict).toBe("ok");
  });

  it("offered and not accepted says that messages go not compressed", () => {
    expect(finding("permessage-deflate", {})).toMatchObject({ verdict: "note", text: expect.stringContaining("not compressed") });
  });
});

describe("other extensions", () => {
  it("are named: agreed, or accepted without being offered, or twice", () => {
    const header = "Sec-WebSocket-Extensions: foo; level=3";
    const agreedOn = finding("foo", { ...request(header), ...response(header) });
    expect(agreedOn).toMatchObject({ verdict: "note", text: expect.stringContaining("foo; level=3") });
    const unasked = finding("bar", response("Sec-WebSocket-Extensions: bar"));
    expect(unasked).toMatchObject({ verdict: "problem", text: expect.stringContaining("did not offer") });
    const twice = findings(aConnection({}, response("Sec-WebSocket-Extensions: permessage-deflate, permessage-deflate")));
    expect(twice.filter(({ title }) => title === "permessage-deflate").map(({ verdict }) => verdict)).toEqual(["ok", "problem"]);
  });

  it("in a malformed header are a problem that says where", () => {
    expect(finding("Sec-WebSocket-Extensions", response("Sec-WebSocket-Extensions: a b")).text).toContain("The response header is malformed");
  });
});
