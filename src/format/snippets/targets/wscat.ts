import { say } from "../../../model/said.ts";
import { shellCommand, shellComment, shellFetches, shellHead, shellPhrase, shellText } from "../languages/shell.ts";
import { headerOf, isBytes, sentSteps, type Data } from "../script.ts";
import type { SnippetTarget } from "../snippet.ts";

/** https://github.com/websockets/wscat, 6. It sends text alone, all at once, and then prints what comes. */
export const wscat: SnippetTarget = {
  id: "wscat",
  name: "wscat",
  extension: "sh",
  side: "client",
  fetchesSecrets: shellFetches,
  write: (script, tell) => {
    const origin = headerOf(script, "origin");
    const headers = script.headers.filter(({ name }) => !/^origin$/i.test(name));
    const steps = sentSteps(script);
    const sent = steps.filter(({ data }) => isArgument(data));
    const left = steps.filter(({ data }) => !isArgument(data));
    return [
      "# npm install -g wscat",
      ...(left.length === 0 ? [] : [shellComment(tell(say("snippet.wscat-left-out", { n: left.length })))]),
      ...shellHead(script, [script.url, ...script.subprotocols, ...script.headers.map(({ value }) => value), ...sent.map(({ data }) => data)], tell),
      shellCommand([
        `wscat --connect ${shellPhrase(script.url)}`,
        ...script.subprotocols.map((name) => `--subprotocol ${shellPhrase(name)}`),
        ...(origin === undefined ? [] : [`--origin ${shellPhrase(origin)}`]),
        ...headers.map(({ name, value }) => `--header ${shellPhrase([`${name}:`, ...value])}`),
        ...sent.map(({ data }) => `--execute ${isBytes(data) ? shellText("") : shellPhrase(data)}`),
        ...(sent.length === 0 ? [] : ["--wait -1"]),
      ]),
      "",
    ].join("\n");
  },
};

/** What a command's argument can hold. */
const isArgument = (data: Data): boolean => !isBytes(data) && !data.some((part) => typeof part === "string" && part.includes("\0"));
