import type { Command } from "commander";
import { headersThatMatter } from "../../format/snippets/headers.ts";
import type { Header } from "../../model/connection.ts";
import { headerValues, isToken, readHeader } from "../../model/headers.ts";
import { isMasked } from "../../model/masked.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import type { ConnectionId } from "../../model/units.ts";
import type { Variable } from "../../replay/transcript.ts";
import type { Speaker } from "../../words/speaker.ts";
import { chosenConnection } from "../chosen-connection.ts";
import type { CommandContext } from "../command.ts";
import type { KeptEngine } from "../kept-engine.ts";
import { EXPORT_FORMATS } from "../../format/registry.ts";
import type { SocketRequest } from "./own-socket.ts";
import type { SessionOptions } from "./socket-session.ts";
import { fillVariables } from "./variables.ts";

/** How a connection is to be opened, as the command line has it. */
export interface RequestOptions extends SessionOptions {
  readonly header: readonly string[];
  readonly subprotocol: readonly string[];
  readonly var: readonly string[];
  readonly connection?: string;
  readonly insecure?: boolean;
}

export const gather = (value: string, before: readonly string[]): readonly string[] => [...before, value];

/** The options of all commands that open a connection of their own. */
export const addRequestOptions = (command: Command, { words }: Speaker): Command =>
  command
    .option("-H, --header <header>", words("node.connect-header"), gather, [])
    .option("--subprotocol <name>", words("node.connect-subprotocol"), gather, [])
    .option("--var <name=value>", words("node.connect-var"), gather, [])
    .option("--connection <number>", words("node.code-connection"))
    .option("--insecure", words("node.connect-insecure"))
    .option("--seconds <n>", words("node.connect-seconds"))
    .option("-o, --out <file>", words("node.connect-out"))
    .option("--format <format>", words("node.convert-to", { formats: EXPORT_FORMATS.map(({ id }) => id) }))
    .option("--json", words("node.show-json"))
    .option("--with-secrets", words("node.convert-secrets"));

/** A connection of a capture as it was opened. */
export interface CapturedRequest {
  readonly connection: ConnectionId;
  readonly request: Omit<SocketRequest, "isInsecure">;
}

/** Rejects with a `Refusal` where there is none, or several and no number. */
export async function requestIn(engine: KeptEngine, number: string | undefined): Promise<CapturedRequest> {
  const chosen = await chosenConnection(engine, number);
  const handshake = await engine.call("handshake", { connection: chosen });
  if (handshake?.connection.transport !== "websocket") throw new Refusal(say("node.connect-no-socket"));
  const { url, handshake: { requestHeaders } } = handshake.connection;
  const subprotocols = headerValues(requestHeaders, "sec-websocket-protocol").flatMap((value) => value.split(",")).map((name) => name.trim());
  return { connection: chosen, request: { url, subprotocols: subprotocols.filter((name) => isToken(name)), headers: headersThatMatter(requestHeaders) } };
}

/** Headers that tell who connects, and prove nothing. */
const FOR_ALL = new Set(["origin", "user-agent"]);

/**
 * The connection that is to be opened. A header that is given takes the place of the captured ones of its name. Headers of
 * the capture go to where they went, and to no other server but those that say who asks; masked ones go nowhere. What is
 * left out is told.
 */
export function requestOf(url: string | undefined, { header, subprotocol, insecure = false }: RequestOptions, variables: readonly Variable[], captured: CapturedRequest | undefined, { io, speaker }: CommandContext): SocketRequest {
  const wanted = url === undefined ? (captured?.request.url ?? "") : fillVariables(url, variables);
  if (!/^wss?:\/\/./i.test(wanted) || !URL.canParse(wanted)) throw new Refusal(say("node.connect-no-url", { url: url ?? wanted }));
  if (url === undefined && isMasked(wanted)) throw new Refusal(say("node.connect-masked-url"));
  const own = header.map((text) => filledHeader(text, variables));
  const names = new Set(own.map(({ name }) => name.toLowerCase()));
  const isElsewhere = captured !== undefined && (!URL.canParse(captured.request.url) || new URL(captured.request.url).origin !== new URL(wanted).origin);
  const offered = (captured?.request.headers ?? []).filter(({ name }) => !names.has(name.toLowerCase()));
  const headers = offered.filter(({ name, value }) => !isMasked(value) && (!isElsewhere || FOR_ALL.has(name.toLowerCase())));
  const left = offered.filter((one) => !headers.includes(one)).map(({ name }) => name);
  if (left.length > 0) io.err(speaker.words(isElsewhere ? "node.connect-elsewhere" : "node.connect-masked", { names: left }));
  return { url: wanted, subprotocols: subprotocol.length > 0 ? subprotocol : (captured?.request.subprotocols ?? []), headers: [...headers, ...own], isInsecure: insecure };
}

function filledHeader(text: string, variables: readonly Variable[]): Header {
  const name = text.slice(0, Math.max(0, text.indexOf(":")));
  const header = readHeader(fillVariables(text, variables));
  // What is no header may hold a secret: it is not told whole.
  if (header === null || header.name !== name.trim()) throw new Refusal(say("node.connect-no-header", { header: name === "" ? text.slice(0, 20) : name }));
  return header;
}
