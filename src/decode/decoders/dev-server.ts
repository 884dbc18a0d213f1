import type { MessageKind } from "../../model/message-kind.ts";
import { headPattern } from "../json-protocol/head-pattern.ts";
import { jsonProtocol } from "../json-protocol/json-protocol.ts";

/**
 * Hot reload of development servers: Vite, webpack's dev server, Next.js. Known so that `-protocol:dev-server` hides it.
 *
 * Versions: they have no numbers; recorded is Vite's.
 *
 * Sure from Vite's subprotocols and Next's path; else from a message that only webpack's server sends at its start.
 */
export const devServer = jsonProtocol({
  id: "dev-server",
  name: "Hot Reload",
  suits: ({ url, subprotocol }) => subprotocol === "vite-hmr" || subprotocol === "vite-ping" || /\/_next\/webpack-hmr(?:[?#]|$)/.test(url),
  sure: headPattern(String.raw`\{"type":"(?:liveReload|hot|progress|overlay|reconnect)"(?:,"data":(?:true|false|\d+|\{"(?:errors|warnings|runtimeErrors)":…))?\}`, String.raw`\{"type":"hash","data":"[\da-f]+"\}`),
  reader: () => (message) => {
    if (!message.isObject) return undefined;
    const type = message.text("type") ?? message.text("action") ?? message.text("event");
    if (type === undefined) return undefined;
    const name = type === "custom" ? message.text("event") : undefined;
    const path = message.textOf(message.in(message.entries(message.at("updates"), 1)[0] ?? -1, "path")) ?? message.text("path");
    return { label: name ?? type, kind: KINDS.get(type) ?? (/^(?:build)?error/i.test(type) ? "error" : "event"), id: undefined, answers: undefined, topic: path, what: type };
  },
});

const KINDS: ReadonlyMap<string, MessageKind> = new Map([
  ["ping", "heartbeat"],
  ["pong", "heartbeat"],
  ["connected", "control"],
  ["errors", "error"],
  ["error", "error"],
  ["serverError", "error"],
]);
