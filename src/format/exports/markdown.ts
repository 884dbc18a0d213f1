import { base64Text } from "../../model/base64.ts";
import { exchangeOf, type Connection } from "../../model/connection.ts";
import { headerValues } from "../../model/headers.ts";
import { say, type Told } from "../../model/said.ts";
import type { ExportFormat, ExportFrame, ExportOptions, ExportSource, ExportTotals, PathColumns, Pieces, ToldFinding } from "../export-format.ts";
import { isPlainText } from "../row-payload.ts";
import { arrowOf, clockTime, NAMES_CONNECTION } from "../transcript/lines.ts";
import { PieceWriter } from "../writing/piece-writer.ts";

/** For a bug report: the connections, then each message, in GitHub's Markdown. */
export const markdown = {
  id: "markdown",
  name: "Markdown",
  hasSensitiveForm: false,
  tellsDecoded: true,
  tellsFindings: true,
  tellsPaths: true,
  extension: "md",
  mimeType: "text/markdown",
  write: writeMarkdown,
} as const satisfies ExportFormat;

/** Bytes of a message that are shown: a report is read by people. */
const MOST_SHOWN = 4096;

function* writeMarkdown(source: ExportSource, { tell, notes = [], findings = [], title, version, paths }: ExportOptions): Pieces<ExportTotals> {
  const writer = new PieceWriter();
  const connections = [...source.connections];
  let frames = 0;
  yield* writer.text(`# ${escaped(tell(title === "" ? say("format.md-title") : say("format.md-title-of", { title })))}\n\n`);
  for (const note of notes) yield* writer.text(`> ${escaped(tell(note))}\n\n`);
  for (const connection of connections) yield* writer.text(describe(connection, connections.length, source.targets.get(connection.targetKey)?.url, tell));
  if (findings.length > 0) yield* writer.text(`## ${tell(say("findings.name"))}\n\n`);
  for (const finding of findings) yield* writer.text(lineOf(finding, connections.length));
  if (findings.length > 0) yield* writer.text("\n");
  yield* writer.text(`## ${tell(say("format.md-messages"))}\n`);
  for (const frame of source.rows()) {
    if (frame.kind === "message") frames += 1;
    yield* writer.text(messageOf(frame, connections.length, tell, paths));
  }
  yield* writer.text(`\n---\n${tell(say("format.md-by", { version }))}\n`);
  yield writer.take();
  return { connections: connections.length, frames };
}

function describe(connection: Connection, count: number, page: string | undefined, tell: (told: Told) => string): string {
  const { status, statusText = "", responseHeaders } = exchangeOf(connection);
  const [chosen] = headerValues(responseHeaders, "sec-websocket-protocol");
  const facts: readonly (readonly [Told, string | undefined])[] = [
    [say("format.md-page"), page],
    [say("format.md-answer"), status === undefined ? undefined : `${status} ${statusText}`.trim()],
    [say("format.md-subprotocol"), chosen ?? (connection.transport === "websocket" ? connection.subprotocol : undefined)],
    [say("format.md-ended"), connection.ending === undefined ? undefined : tell(connection.ending)],
    [say("format.md-note"), connection.notice === undefined ? undefined : tell(connection.notice)],
  ];
  const lines = facts.flatMap(([name, value]) => (value === undefined || value === "" ? [] : [`- ${tell(name)}: ${code(value)}`]));
  return `## ${count >= NAMES_CONNECTION ? `[${connection.id}] ` : ""}${code(connection.url)}\n\n${lines.join("\n")}\n\n`;
}

/** Characters of a column's value that are shown. */
const MOST_VALUE = 200;

/** Rows of a finding that are named. */
const MOST_NAMED = 8;

function lineOf({ title, text, connections, frames, frameCount, link }: ToldFinding, count: number): string {
  const whose = count >= NAMES_CONNECTION && connections.length === 1 ? `[${connections[0]}] ` : "";
  // A backslash keeps GitHub from making a link to an issue of it.
  const rows = frames.slice(0, MOST_NAMED).map((frame) => `\\#${frame + 1}`);
  const named = [...rows, ...(frameCount > rows.length && rows.length > 0 ? ["…"] : [])].join(", ");
  return `- ${whose}**[${escaped(title)}](${link})** ${escaped(text)}${named === "" ? "" : ` (${named})`}\n`;
}

function messageOf(frame: ExportFrame, count: number, tell: (told: Told) => string, paths: PathColumns | undefined): string {
  const payload = frame.payload();
  const isText = isPlainText(frame);
  const shown = payload.subarray(0, MOST_SHOWN);
  const text = isText ? new TextDecoder().decode(shown) : base64Text(shown);
  const label = frame.decoded?.label ?? "";
  const about = [
    `**#${frame.row + 1}**`,
    arrowOf(frame),
    clockTime(frame),
    ...(count >= NAMES_CONNECTION && frame.connection !== 0 ? [`[${frame.connection}]`] : []),
    ...(label === "" ? [] : [code(label)]),
    ...(frame.kind === "message" ? [tell(say("format.md-bytes", { size: frame.size ?? 0 }))] : []),
    ...(isText ? [] : ["base64"]),
    ...(paths?.of(frame) ?? []).flatMap((json, i) => (json === undefined ? [] : [code(`${paths?.names[i]} = ${json.length > MOST_VALUE ? `${json.slice(0, MOST_VALUE)}…` : json}`)])),
    ...(frame.pinned ? ["📌"] : []),
  ].join(" ");
  const note = frame.note === "" ? "" : `\n> ${escaped(frame.note)}\n`;
  const cut = payload.length > MOST_SHOWN ? `\n${tell(say("format.md-cut", { shown: MOST_SHOWN, size: payload.length }))}\n` : "";
  const body = frame.kind === "message" ? (frame.unreported ? `\n${tell(say("format.unreported"))}\n` : fenced(text, isText ? languageOf(text) : "")) : `\n${escaped(text)}\n`;
  return `\n${about}\n${note}${body}${cut}`;
}

/** A fence that is longer than any in the text. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `\n${fence}${language}\n${text}${text.endsWith("\n") ? "" : "\n"}${fence}\n`;
}

const languageOf = (text: string): string => (/^\s*[[{]/.test(text) ? "json" : "");

/** As code within a line: foreign text is no Markdown. */
function code(text: string): string {
  const line = text.replace(/\s+/g, " ");
  const longest = Math.max(0, ...Array.from(line.matchAll(/`+/g), ([run]) => run.length));
  const tick = "`".repeat(longest + 1);
  return longest === 0 ? `${tick}${line}${tick}` : `${tick} ${line} ${tick}`;
}

const escaped = (text: string): string => text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>#|!~]/g, (char) => `\\${char}`);
