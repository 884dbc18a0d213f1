import type { Header } from "../../../model/connection.ts";
import { Refusal } from "../../../model/refusal.ts";
import { say } from "../../../model/said.ts";
import { connectionId } from "../../../model/units.ts";
import { fitting } from "../answer.ts";
import { captureInput, connectionInput, fromInput } from "../inputs.ts";
import { tool } from "../tool.ts";

/** Characters of one header: a cookie can be longer than all else. */
const MOST_VALUE = 1000;

export const handshake = tool({
  name: "handshake",
  about: (words) => words("node.mcp-handshake"),
  input: (words) => ({ capture: captureInput(words), connection: connectionInput(words), from: fromInput(words) }),
  answer: async ({ capture, connection: id, from }, captures, { tell, tellAll }) => {
    const view = await captures.ask(capture, (engine) => engine.call("handshake", { connection: connectionId(id) }));
    if (view === null) throw new Refusal(say("node.mcp-no-connection", { connection: id }));
    const { connection, report, startedAt, took } = view;
    const { requestHeaders, responseHeaders, status } = connection.transport === "websocket" ? connection.handshake : connection.exchange;
    const all = [...requestHeaders.map((header) => ({ of: "request", ...cut(header) })), ...responseHeaders.map((header) => ({ of: "response", ...cut(header) }))];
    const { items, leftOut } = fitting(all.slice(from), from, all.length);
    const headersOf = (side: string): object[] => items.flatMap(({ of, ...header }) => (of === side ? [header] : []));
    return {
      connection: id,
      url: connection.url.slice(0, MOST_VALUE),
      ...leftOutOf(connection.url, "urlLeftOut"),
      startedAt: startedAt === null ? null : new Date(startedAt).toISOString(),
      took,
      request: { headers: headersOf("request") },
      response: { status: status ?? null, headers: headersOf("response") },
      leftOut,
      checks: report.findings.map(({ title, verdict, said }) => ({ verdict, about: tell(title), says: tellAll(said) })),
    };
  },
});

const cut = ({ name, value }: Header): object => ({ name, value: value.slice(0, MOST_VALUE), ...leftOutOf(value, "valueLeftOut") });

/** How many characters of it are not told. */
const leftOutOf = (text: string, as: string): object => (text.length > MOST_VALUE ? { [as]: text.length - MOST_VALUE } : {});
