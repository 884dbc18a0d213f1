import { shellCommand, shellFetches, shellHead, shellPhrase, shellText } from "../languages/shell.ts";
import type { Phrase } from "../script.ts";
import type { SnippetTarget } from "../snippet.ts";

/** The opening handshake (RFC 6455 §4.1), and what the server sends behind it as bytes: curl speaks no more of it. */
export const curl: SnippetTarget = {
  id: "curl",
  name: "curl",
  extension: "sh",
  side: "client",
  fetchesSecrets: shellFetches,
  sends: () => [],
  write: (script, tell) => {
    const { headers, subprotocols, url } = script;
    return [
      ...shellHead(script, [url, ...subprotocols, ...headers.map(({ value }) => value)], tell),
      shellCommand([
        "curl --include --no-buffer --http1.1 --globoff --output -",
        ...["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", `Sec-WebSocket-Key: ${SAMPLE_KEY}`].map((line) => `--header ${shellText(line)}`),
        ...(subprotocols.length === 0 ? [] : [header("Sec-WebSocket-Protocol", subprotocols.flatMap((name, i) => (i === 0 ? name : [", ", ...name])))]),
        ...headers.map(({ name, value }) => (value.length === 0 ? `--header ${shellText(`${name};`)}` : header(name, value))),
        `--url ${shellPhrase(httpUrl(url))}`,
      ]),
      "",
    ].join("\n");
  },
};

const header = (name: string, value: Phrase): string => `--header ${shellPhrase([`${name}: `, ...value])}`;

/** RFC 6455's own. */
const SAMPLE_KEY = "dGhlIHNhbXBsZSBub25jZQ==";

const httpUrl = ([first = "", ...rest]: Phrase): Phrase => [typeof first === "string" ? first.replace(/^ws/, "http") : first, ...rest];
