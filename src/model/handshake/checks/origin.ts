import { assertNever } from "../../assert-never.ts";
import type { Handshake } from "../../connection.ts";
import { headerValues } from "../../headers.ts";
import { say, type Said } from "../../said.ts";
import type { HandshakeCheck } from "../check.ts";
import { concern, note, ok, problem, quote, quoteAll, unknown } from "../finding.ts";
import { compareOrigin } from "../origin.ts";

/**
 * The Origin header beside the host (RFC 6454, RFC 6455 §10.2). The same-origin policy does not cover WebSocket: where
 * a server lets any origin in and knows the user by a cookie, any site can use the socket in the user's name.
 */
export const origin: HandshakeCheck = {
  id: "origin",
  link: "https://www.rfc-editor.org/rfc/rfc6455#section-10.2",
  needs: "request",
  explain: ({ url, handshake }) => {
    const title = "Origin";
    const origins = headerValues(handshake.requestHeaders, "origin");
    const [sender] = origins;
    if (sender === undefined) return [note(title, say("handshake.origin-missing"))];
    if (origins.length > 1) return [problem(title, say("handshake.origin-many", { n: origins.length, values: quoteAll(origins) }))];
    if (sender === "null") return [note(title, say("handshake.origin-null"))];
    const named = { origin: quote(sender) };
    if (/^[a-z-]*extension:\/\//i.test(sender)) return [note(title, say("handshake.origin-extension", named))];
    const relation = compareOrigin(sender, url);
    switch (relation) {
      case "unknown":
        return [unknown(title, say("handshake.origin-unknown", named))];
      case "same origin":
        return [ok(title, say("handshake.origin-same", named))];
      case "same host":
        return [ok(title, say("handshake.origin-same-host", named))];
      case "maybe same site":
        return [note(title, say("handshake.origin-maybe-same-site", named), riskOf(handshake))];
      case "cross-site":
        // Accepted, with what the server knows the user by: worth a try with another Origin.
        return [(isAccepted(handshake) && hasCookie(handshake) ? concern : note)(title, say("handshake.origin-cross-site", named), riskOf(handshake))];
      default:
        return assertNever(relation);
    }
  },
};

const riskOf = (handshake: Handshake): Said => say(hasCookie(handshake) ? "handshake.origin-risk" : "handshake.origin-no-cookie");

const hasCookie = ({ requestHeaders }: Handshake): boolean => headerValues(requestHeaders, "cookie").length > 0;

const isAccepted = ({ status }: Handshake): boolean => status === 101 || status === 200;
