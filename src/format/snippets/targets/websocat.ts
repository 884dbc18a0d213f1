import { base64Text } from "../../../model/base64.ts";
import { say } from "../../../model/said.ts";
import { seconds } from "../languages/literal.ts";
import { shellCommand, shellComment, shellFetches, shellHead, shellPhrase, shellText } from "../languages/shell.ts";
import { headerOf, isBytes, sentSteps, type Data, type Phrase, type Script } from "../script.ts";
import type { SnippetTarget } from "../snippet.ts";

/** https://github.com/vi/websocat, 1. A line of its input is a message. */
export const websocat: SnippetTarget = {
  id: "websocat",
  name: "websocat",
  extension: "sh",
  side: "client",
  fetchesSecrets: shellFetches,
  write: (script, tell) => {
    const origin = headerOf(script, "origin");
    const headers = script.headers.filter(({ name }) => !/^origin$/i.test(name));
    const steps = sentSteps(script).filter(({ data }) => !holds(data, "\0"));
    const left = sentSteps(script).length - steps.length;
    const hasLines = steps.some(({ data }) => holds(data, "\n"));
    const prefix = steps.some(({ data }) => isBytes(data)) ? binaryPrefix(script) : undefined;
    const wordOf = (data: Data): string => (isBytes(data) ? shellText(`${prefix ?? ""}${base64Text(data)}`) : shellPhrase(data));
    const command = [
      "websocat --text --no-close",
      ...(hasLines ? ["--null-terminated"] : []),
      ...(prefix === undefined ? [] : [`--base64 --binary-prefix=${shellText(prefix)}`]),
      ...(script.subprotocols.length === 0 ? [] : [`--protocol=${shellPhrase(script.subprotocols.flatMap((name, i) => (i === 0 ? name : [", ", ...name])))}`]),
      ...(origin === undefined ? [] : [`--origin=${shellPhrase(origin)}`]),
      ...headers.map(({ name, value }) => `--header=${shellPhrase([`${name}: `, ...value])}`),
      shellPhrase(script.url),
    ];
    const end = hasLines ? "\\0" : "\\n";
    return [
      ...(left === 0 ? [] : [shellComment(tell(say("snippet.websocat-left-out", { n: left })))]),
      ...shellHead(script, [script.url, ...script.subprotocols, ...script.headers.map(({ value }) => value), ...steps.map(({ data }) => data)], tell),
      ...(steps.length === 0
        ? [shellCommand(command)]
        : [
            "{",
            ...steps.flatMap(({ data, pause }) => [...(pause > 0 ? [`  sleep ${seconds(pause)}`] : []), `  printf '%s${end}' ${wordOf(data)}`]),
            // What is typed then is sent.
            "  cat",
            `} | ${shellCommand(command)}`,
          ]),
      "",
    ].join("\n");
  },
};

const holds = (data: Data, char: string): boolean => !isBytes(data) && data.some((part) => typeof part === "string" && part.includes(char));

/** Such that no text is taken for binary. */
function binaryPrefix(script: Script): string {
  const texts = sentSteps(script).flatMap(({ data }) => (isBytes(data) ? [] : [headOf(data)]));
  let prefix = "base64:";
  while (texts.some((text) => text.startsWith(prefix))) prefix += ":";
  return prefix;
}

const headOf = ([first = ""]: Phrase): string => (typeof first === "string" ? first : "");
