import { assertNever } from "../../assert-never.ts";
import type { WebSocketConnection } from "../../connection.ts";
import { say } from "../../said.ts";
import type { HandshakeCheck } from "../check.ts";
import { isExtendedConnect, isSuccess } from "../extended-connect.ts";
import { ok, problem, quote, unknown, type HandshakeFinding } from "../finding.ts";
import { explainRefusal } from "../refusal.ts";

/** What became of the handshake: the status of its answer, or why there is none. */
export const status: HandshakeCheck = {
  id: "status",
  link: "https://www.rfc-editor.org/rfc/rfc6455#section-4.1",
  needs: "nothing",
  explain: (connection, { hasRequest, hasResponse }) => {
    if (hasResponse) return [explainStatus(connection)];
    if (!hasRequest && !connection.seenFromStart) return [unknown(say("handshake.handshake"), say("handshake.not-seen"))];
    return [explainNoResponse(connection)];
  },
};

function explainStatus(connection: WebSocketConnection): HandshakeFinding {
  const title = say("handshake.status");
  const { status: answer, statusText } = connection.handshake;
  if (answer === undefined) return unknown(title, say("handshake.status-not-reported"));
  if (answer === 101) return ok(title, say("handshake.status-101"));
  const isExtended = isExtendedConnect(connection);
  if (isExtended && isSuccess(answer)) return ok(title, say("handshake.status-h2", { status: answer }));
  const answered = statusText === undefined || statusText === "" ? answer : say("handshake.status-text", { status: answer, text: quote(statusText) });
  return problem(title, isExtended ? say("handshake.status-wrong-h2", { status: answered }) : say("handshake.status-wrong", { status: answered }));
}

function explainNoResponse(connection: WebSocketConnection): HandshakeFinding {
  switch (connection.state) {
    case "connecting":
      return unknown(say("handshake.status"), say("handshake.no-answer-yet"));
    case "open":
      return unknown(say("handshake.status"), say("handshake.answer-not-reported"));
    case "closed":
    case "failed":
      return explainRefusal(connection.ending, connection.failure);
    default:
      return assertNever(connection.state);
  }
}
