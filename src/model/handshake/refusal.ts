import type { Failure, FailureReason } from "../failure.ts";
import { say, type Said, type Told, type Value } from "../said.ts";
import { printable, problem, type HandshakeFinding } from "./finding.ts";

const LONGEST_PART = 300;

/**
 * A handshake that ended without a response that Chrome shows: of a refusal (401, 403, a wrong accept, a blocked port)
 * it reports only a text, which `ending` quotes.
 */
export function explainRefusal(ending: Told | undefined, failure: Failure | undefined): HandshakeFinding {
  const title = say("handshake.status");
  if (ending === undefined || ending === "") return problem(title, say("handshake.ended"));
  const reason = typeof ending === "string" ? say("join.quoted", { text: shorten(ending) }) : shortened(ending);
  return problem(title, say("handshake.failed", { reason }), ...(failure === undefined ? [] : [meaningOf(failure)]), say("handshake.no-response"));
}

const shorten = (text: string): string => `${printable(text.slice(0, LONGEST_PART)).replace(/\.$/, "")}${text.length > LONGEST_PART ? "…" : ""}`;

/** A server can have put into Chrome's words what it likes. */
function shortened({ code, values }: Said): Said {
  const part = (value: Value): Value =>
    typeof value === "number" ? value : typeof value === "string" ? shorten(value) : isList(value) ? value.map((one) => (typeof one === "string" ? shorten(one) : shortened(one))) : shortened(value);
  return { code, values: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, part(value)])) };
}

const isList = (value: Said | readonly Told[]): value is readonly Told[] => Array.isArray(value);

/** What a failure means and where to look. */
function meaningOf({ reason, status }: Failure): Said {
  return reason === "status" ? (STATUS_MEANINGS[status] ?? say("handshake.means-status", { status })) : MEANINGS[reason];
}

const REDIRECT = say("handshake.means-redirect");
const GATEWAY = say("handshake.means-gateway");

const STATUS_MEANINGS: Readonly<Record<number, Said>> = {
  200: say("handshake.means-200"),
  301: REDIRECT,
  302: REDIRECT,
  303: REDIRECT,
  307: REDIRECT,
  308: REDIRECT,
  400: say("handshake.means-400"),
  401: say("handshake.means-401"),
  403: say("handshake.means-403"),
  404: say("handshake.means-404"),
  426: say("handshake.means-426"),
  429: say("handshake.means-429"),
  500: say("handshake.means-500"),
  502: GATEWAY,
  503: say("handshake.means-503"),
  504: GATEWAY,
};

const MEANINGS: Readonly<Record<Exclude<FailureReason, "status">, Said>> = {
  authentication: say("handshake.means-authentication"),
  accept: say("handshake.means-accept"),
  upgrade: say("handshake.means-upgrade"),
  "no-subprotocol": say("handshake.means-no-subprotocol"),
  subprotocol: say("handshake.means-subprotocol"),
  extension: say("handshake.means-extension"),
  timeout: say("handshake.means-timeout"),
  "hung-up": say("handshake.means-hung-up"),
  "page-closed": say("handshake.means-page-closed"),
  refused: say("handshake.means-refused"),
  host: say("handshake.means-host"),
  network: say("handshake.means-network"),
  tls: say("handshake.means-tls"),
  port: say("handshake.means-port"),
  blocked: say("handshake.means-blocked"),
  csp: say("handshake.means-csp"),
  proxy: say("handshake.means-proxy"),
};
