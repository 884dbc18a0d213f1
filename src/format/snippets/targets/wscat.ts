import { say } from "../../../model/said.ts";
import { heartbeatsLeft, sentAsArguments, shellCommand, shellComment, shellFetches, shellHead, shellPhrase } from "../languages/shell.ts";
import { headerOf, isBytes } from "../script.ts";
import type { SnippetTarget } from "../snippet.ts";

/** https://github.com/websockets/wscat, 6. It sends text alone, all at once, and then prints what comes. */
export const wscat: SnippetTarget = {
  id: "wscat",
  name: "wscat",
  extension: "sh",
  side: "client",
  fetchesSecrets: shellFetches,
  sends: (script) => sentAsArguments(script).steps.filter(({ data }) => !isBytes(data)),
  write: (script, tell) => {
    const origin = headerOf(script, "origin");
    const headers = script.headers.filter(({ name }) => !/^origin$/i.test(name));
    const { steps, left } = sentAsArguments(script);
    const sent = steps.flatMap(({ data }) => (isBytes(data) ? [] : [data]));
    const binary = steps.length - sent.length;
    return [
      "# npm install -g wscat",
      ...[...(binary === 0 ? [] : [say("snippet.wscat-left-out", { n: binary })]), ...left, ...heartbeatsLeft(script, "wscat")].map((note) => shellComment(tell(note))),
      ...shellHead(script, [script.url, ...script.subprotocols, ...script.headers.map(({ value }) => value), ...sent], tell),
      shellCommand([
        `wscat --connect ${shellPhrase(script.url)}`,
        ...script.subprotocols.map((name) => `--subprotocol ${shellPhrase(name)}`),
        ...(origin === undefined ? [] : [`--origin ${shellPhrase(origin)}`]),
        ...headers.map(({ name, value }) => `--header ${shellPhrase([`${name}:`, ...value])}`),
        ...sent.map((text) => `--execute ${shellPhrase(text)}`),
        ...(sent.length === 0 ? [] : ["--wait -1"]),
      ]),
      "",
    ].join("\n");
  },
};
