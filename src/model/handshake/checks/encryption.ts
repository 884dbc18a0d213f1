import { headerValues } from "../../headers.ts";
import { say } from "../../said.ts";
import type { HandshakeCheck } from "../check.ts";
import { note, ok, problem } from "../finding.ts";
import { isLoopback, parsePlace } from "../origin.ts";

/** ws:// or wss://, and what that means beside the page's own scheme. Silent where the URL is not known. */
export const encryption: HandshakeCheck = {
  id: "encryption",
  link: "https://developer.mozilla.org/en-US/docs/Web/Security/Mixed_content",
  needs: "nothing",
  explain: ({ url, handshake }) => {
    const title = say("handshake.encryption");
    const place = parsePlace(url);
    if (place === null) return [];
    if (place.isSecure) return [ok(title, say("handshake.wss"))];
    if (isLoopback(place.host)) return [note(title, say("handshake.ws-local"))];
    const [origin = ""] = headerValues(handshake.requestHeaders, "origin");
    return origin.toLowerCase().startsWith("https://") ? [problem(title, say("handshake.ws"), say("handshake.mixed-content"))] : [note(title, say("handshake.ws"))];
  },
};
