import { base64Text } from "../../../model/base64.ts";
import { heartbeatsLeft, sentAsArguments, shellCommand, shellComment, shellFetches, shellHead, shellPhrase, shellText } from "../languages/shell.ts";
import { headerOf, isBytes, type Data } from "../script.ts";
import type { SnippetTarget } from "../snippet.ts";

/**
 * https://github.com/vi/websocat, 1.11. It sends all at once, and then what is typed, a line a message. Not as its input: of
 * several lines that it reads at once it sends the line feeds too (its issue 58 has why it is not told to leave them out).
 */
export const websocat: SnippetTarget = {
  id: "websocat",
  name: "websocat",
  extension: "sh",
  side: "client",
  fetchesSecrets: shellFetches,
  sends: (script) => sentAsArguments(script).steps,
  write: (script, tell) => {
    const origin = headerOf(script, "origin");
    const headers = script.headers.filter(({ name }) => !/^origin$/i.test(name));
    const { steps, left } = sentAsArguments(script);
    const texts = steps.flatMap(({ data }) => (isBytes(data) ? [] : [headOf(data)]));
    const binary = steps.some(({ data }) => isBytes(data)) ? prefix("base64:", texts) : undefined;
    // It takes nothing for the end of all.
    const text = steps.some(({ data }) => isEmptyText(data)) ? prefix("text:", texts) : undefined;
    const argumentOf = (data: Data): string => (isBytes(data) ? shellText(`${binary ?? ""}${base64Text(data)}`) : isEmptyText(data) ? shellText(text ?? "") : shellPhrase(data));
    return [
      ...[...left, ...heartbeatsLeft(script, "websocat")].map((note) => shellComment(tell(note))),
      ...shellHead(script, [script.url, ...script.subprotocols, ...script.headers.map(({ value }) => value), ...steps.map(({ data }) => data)], tell),
      shellCommand([
        // Where an option and its value are two words it takes all that follow as more values.
        `websocat ${shellPhrase(script.url)}`,
        "--text --base64 --no-close --linemode-strip-newlines",
        ...(script.steps.some(({ direction, data }) => direction === "received" && data.length === 0) ? ["--websocket-ignore-zeromsg"] : []),
        ...(script.subprotocols.length === 0 ? [] : [`--protocol=${shellPhrase(script.subprotocols.flatMap((name, i) => (i === 0 ? name : [", ", ...name])))}`]),
        ...(origin === undefined ? [] : [`--origin=${shellPhrase(origin)}`]),
        ...headers.map(({ name, value }) => `--header=${shellPhrase([`${name}: `, ...value])}`),
        ...(binary === undefined ? [] : [`--binary-prefix=${shellText(binary)}`]),
        ...(text === undefined ? [] : [`--text-prefix=${shellText(text)}`]),
        ...steps.map(({ data }) => `--preamble=${argumentOf(data)}`),
      ]),
      "",
    ].join("\n");
  },
};

const isEmptyText = (data: Data): boolean => !isBytes(data) && data.every((part) => part === "");

/** Such that no text is taken for one that has it. */
function prefix(beginning: string, texts: readonly string[]): string {
  let made = beginning;
  while (texts.some((text) => text.startsWith(made))) made += ":";
  return made;
}

const headOf = ([first = ""]: Exclude<Data, Uint8Array>): string => (typeof first === "string" ? first : "");
