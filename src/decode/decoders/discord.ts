import type { MessageKind } from "../../model/message-kind.ts";
import { NO_NODE } from "../../model/value-document.ts";
import { headPattern } from "../json-protocol/head-pattern.ts";
import { jsonProtocol } from "../json-protocol/json-protocol.ts";

/** By their numbers (discord.com/developers/docs, "Gateway opcodes"). */
const OPCODES: Readonly<Partial<Record<number, readonly [string, MessageKind]>>> = {
  0: ["Dispatch", "event"],
  1: ["Heartbeat", "heartbeat"],
  2: ["Identify", "control"],
  3: ["Presence Update", "event"],
  4: ["Voice State Update", "event"],
  6: ["Resume", "control"],
  7: ["Reconnect", "control"],
  8: ["Request Guild Members", "event"],
  9: ["Invalid Session", "error"],
  10: ["Hello", "control"],
  11: ["Heartbeat ACK", "heartbeat"],
  31: ["Request Soundboard Sounds", "event"],
};

/**
 * Discord's gateway, in JSON.
 *
 * Versions: 10.
 *
 * Sure from the host; else from a message with `t`, `s`, `op` and `d`. A dispatch is named by its event, its topic is the
 * guild. Not known: ETF, Discord's other encoding.
 */
export const discord = jsonProtocol({
  id: "discord",
  name: "Discord Gateway",
  suits: ({ url }) => /^wss?:\/\/gateway[^/]*\.discord\.gg(?::\d+)?\//.test(url),
  sure: headPattern(String.raw`\{"t":(?:null|"[A-Z_]+"),"s":(?:null|\d+),"op":\d+,"d":`, String.raw`\{"op":(?:2|6),"d":\{"(?:token|session_id)":"`),
  reader: () => (message) => {
    const op = message.number("op");
    const data = message.at("d");
    if (op === undefined || data === NO_NODE) return undefined;
    const [name, kind] = OPCODES[op] ?? [`op ${op}`, "event" as const];
    const event = message.text("t");
    return { label: op === 0 && event !== undefined ? event : name, kind, id: undefined, answers: undefined, topic: message.textOf(message.in(data, "guild_id")), what: name, body: data };
  },
});
