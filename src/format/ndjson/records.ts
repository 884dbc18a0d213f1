import type { Connection, Exchange, Header, Target } from "../../model/connection.ts";
import type { MonotonicSeconds } from "../../model/units.ts";
import type { ExportOptions, ExportSource } from "../export-format.ts";
import { sentences } from "../../model/said.ts";

/** The version of the records; docs/files.md has every field. A reader leaves out fields and records that it does not know. */
export const NDJSON_VERSION = 1;

export function captureRecord({ clock, lost, length }: ExportSource, { version, notes = [], tell, title, now }: ExportOptions): object {
  const [anchor] = clock.anchors;
  return {
    record: "capture",
    format: "framescope",
    version: NDJSON_VERSION,
    generator: `Framescope ${version}`.trim(),
    exported: new Date(now).toISOString(),
    title,
    rows: length,
    ...(lost > 0 && { lost }),
    ...(notes.length > 0 && { comment: tell(sentences(notes)) }),
    ...(anchor !== undefined && { clock: { monotonic: anchor.monotonic, time: anchor.wallTime } }),
  };
}

export function connectionRecord(connection: Connection, target: Target | undefined, clock: ExportSource["clock"], { tell }: Pick<ExportOptions, "tell">): object {
  const { id, transport, url, state, seenFromStart, createdAt, openedAt, closedAt, initiator, ending, failure, isOutliving, notice } = connection;
  const time = (at: MonotonicSeconds | undefined): number | undefined => {
    const epoch = at === undefined ? undefined : clock.toEpoch(at);
    return epoch === undefined ? undefined : Math.round(epoch * 1000) / 1e6;
  };
  const exchange = (of: Exchange): object => ({
    request: { time: time(of.requestTime), headers: of.requestHeaders.map(pair), text: of.requestText },
    ...(of.status !== undefined && { response: { time: time(of.responseTime), status: of.status, statusText: of.statusText ?? "", headers: of.responseHeaders.map(pair), text: of.responseText } }),
  });
  return {
    record: "connection",
    connection: id,
    transport,
    url,
    state,
    seenFromStart,
    created: time(createdAt),
    opened: time(openedAt),
    closed: time(closedAt),
    ...(target !== undefined && { target: { type: target.type, url: target.url } }),
    initiator,
    ...exchange(connection.transport === "websocket" ? connection.handshake : connection.exchange),
    ...(connection.transport === "websocket"
      ? { subprotocol: connection.subprotocol, extensions: connection.extensions, closing: connection.closing }
      : { redirects: connection.redirects, family: connection.family, reconnections: connection.reconnections }),
    ...(ending !== undefined && { ending: tell(ending) }),
    failure,
    isOutliving,
    ...(notice !== undefined && { notice: tell(notice) }),
  };
}

const pair = ({ name, value }: Header): Header => ({ name, value });
