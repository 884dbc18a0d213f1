import { printable, problem, type HandshakeFinding } from "./finding.ts";

const LONGEST_REASON = 300;

/**
 * A handshake that ended without a response that Chrome shows: of a refusal (401, 403, a wrong accept, a blocked port)
 * it reports only a text. `ending` is that text, or holds it.
 */
export function explainRefusal(ending: string): HandshakeFinding {
  const said = ending.trim();
  if (said === "") {
    return problem("Status", "The socket ended before the handshake was done, and Chrome gave no reason.");
  }
  const shown = printable(said.slice(0, LONGEST_REASON)).replace(/\.$/, "");
  return problem(
    "Status",
    `The handshake failed: "${shown}${said.length > LONGEST_REASON ? "…" : ""}".`,
    ...meaningOf(said),
    "Chrome shows no response of a refused handshake.",
  );
}

/** The status of a refused handshake, where Chrome's text names it. */
export function refusedStatus(ending: string): number | undefined {
  const status = /(?:unexpected response code: |^)(\d{3})\b/i.exec(ending)?.[1];
  return status === undefined ? undefined : Number(status);
}

/** What a failure means and where to look, by the words of Chromium's net/websockets and net/base/net_error_list.h. */
function meaningOf(text: string): readonly string[] {
  const code = refusedStatus(text);
  if (code !== undefined) {
    return STATUS_MEANINGS[code] ?? [`The server answered ${code}, where only 101 opens a WebSocket.`];
  }
  return MEANINGS.find(([words]) => words.test(text))?.[1] ?? [];
}

const REDIRECT = [
  "The server redirects, and browsers do not follow a redirect of a WebSocket handshake:",
  "connect to the new address itself.",
];
const GATEWAY = ["A proxy in front of the server could not reach it."];

const STATUS_MEANINGS: Readonly<Record<number, readonly string[]>> = {
  200: [
    "The server answered as to an ordinary request:",
    "no WebSocket stands at this path, or a proxy dropped the Upgrade header.",
  ],
  301: REDIRECT,
  302: REDIRECT,
  303: REDIRECT,
  307: REDIRECT,
  308: REDIRECT,
  400: [
    "The server could not read the handshake:",
    "often a proxy dropped the Upgrade or Connection header, or a query parameter is missing.",
  ],
  401: ["The server wants credentials that the request did not carry."],
  403: ["The server refuses this request: look at its cookies, its token and whether the server allows this Origin."],
  404: ["No WebSocket stands at this path."],
  426: ["The server wants another Sec-WebSocket-Version, or a proxy dropped the Upgrade header."],
  429: ["The server has had too many requests from here."],
  500: ["The server failed while it answered the handshake: its own log knows more."],
  502: GATEWAY,
  503: ["The server, or a proxy in front of it, takes no connections now."],
  504: GATEWAY,
};

const MEANINGS: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /HTTP Authentication failed/i,
    ["The server, or a proxy, asked for a name and password (401 or 407), and the browser had none to give."],
  ],
  [
    /Incorrect 'Sec-WebSocket-Accept'/i,
    [
      "The answer does not follow from the key:",
      "what answered is no WebSocket server, computes it wrongly, or a cache answered for it.",
    ],
  ],
  [/'Upgrade' header is missing|'Connection' header/i, ["The answer is no upgrade: often a proxy dropped the header."]],
  [
    /Sent non-empty 'Sec-WebSocket-Protocol'/i,
    ["The page asked for subprotocols and the server chose none, which Chrome takes for a failure: let it echo one."],
  ],
  [
    /'Sec-WebSocket-Protocol' header/i,
    ["The server chose a subprotocol that the page did not ask for, or more than one."],
  ],
  [
    /unsupported extension|permessage-deflate/i,
    ["The server accepted an extension, or a parameter, that the browser did not offer."],
  ],
  [
    /opening handshake timed out|ERR_CONNECTION_TIMED_OUT|ERR_TIMED_OUT/i,
    ["Nothing answered in time: look at the port, the firewall and whether the server is stuck."],
  ],
  [
    /closed before receiving a handshake response|ERR_EMPTY_RESPONSE|ERR_CONNECTION_CLOSED|ERR_CONNECTION_RESET/i,
    ["The other side closed the connection instead of answering: often a plain server behind wss://, or the reverse."],
  ],
  [
    /closed before the connection (is|was) established/i,
    ["The page itself closed the socket, or left, before the server answered."],
  ],
  [/ERR_CONNECTION_REFUSED/i, ["Nothing listens at that host and port."]],
  [/ERR_NAME_NOT_RESOLVED/i, ["The host's name has no address."]],
  [
    /ERR_INTERNET_DISCONNECTED|ERR_ADDRESS_UNREACHABLE|ERR_NETWORK/i,
    ["The host cannot be reached from this network."],
  ],
  [
    /ERR_CERT_|ERR_SSL_|certificate/i,
    ["TLS failed: open the same host with https:// to see what the browser has against its certificate."],
  ],
  [/ERR_UNSAFE_PORT|port .*blocked/i, ["Browsers never connect to this port."]],
  [/ERR_BLOCKED_BY_CLIENT/i, ["An extension or a setting of this browser blocked it."]],
  [
    /ERR_BLOCKED_BY_CSP|Content Security Policy|violates/i,
    ["The page's Content-Security-Policy (connect-src) does not allow this address."],
  ],
  [/ERR_PROXY|ERR_TUNNEL/i, ["The proxy did not let the connection through."]],
];
