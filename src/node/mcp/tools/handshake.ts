import { Refusal } from "../../../model/refusal.ts";
import { say } from "../../../model/said.ts";
import { connectionId } from "../../../model/units.ts";
import { fitting } from "../answer.ts";
import { captureInput, connectionInput } from "../inputs.ts";
import { tool } from "../tool.ts";

/** Of one header: a cookie can be longer than all else. */
const MOST_VALUE = 1000;

export const handshake = tool({
  name: "handshake",
  about: (words) => words("node.mcp-handshake"),
  input: (words) => ({ capture: captureInput(words), connection: connectionInput(words) }),
  answer: async ({ capture, connection: id }, captures, { tell, tellAll }) => {
    const view = await captures.ask(capture, (engine) => engine.call("handshake", { connection: connectionId(id) }));
    if (view === null) throw new Refusal(say("node.mcp-no-connection", { connection: id }));
    const { connection, report, startedAt, took } = view;
    const { requestHeaders, responseHeaders, status } = connection.transport === "websocket" ? connection.handshake : connection.exchange;
    const headers = (all: typeof requestHeaders): object => {
      const { items, leftOut } = fitting(all.map(({ name, value }) => ({ name, value: value.slice(0, MOST_VALUE) })), 0, all.length);
      return { headers: items, leftOut };
    };
    return {
      connection: id,
      url: connection.url.slice(0, MOST_VALUE),
      startedAt: startedAt === null ? null : new Date(startedAt).toISOString(),
      took,
      request: headers(requestHeaders),
      response: { status: status ?? null, ...headers(responseHeaders) },
      checks: report.findings.map(({ title, verdict, said }) => ({ verdict, about: tell(title), says: tellAll(said) })),
    };
  },
});
