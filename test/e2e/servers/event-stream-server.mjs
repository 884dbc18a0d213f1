/** A server of event streams (Server-Sent Events), which records what it wrote to each. */
import { closeServer, createLoopbackServer, listenOnLoopback } from "../../../demo/loopback-server.mjs";

/** @typedef {{ name?: string, id?: string, data: string }} SentEvent `name` and `id` are left out where the stream does not say them. */
/** @typedef {{ path: string, lastEventId: string | undefined, cookies: string | undefined, events: SentEvent[], isOpen: boolean }} StreamRecord */

/** Cookies that no export without sensitive data may hold. */
export const STREAM_COOKIE = "stream=cookie-of-the-answer-5520";
export const STREAM_PAGE_COOKIE = "visitor=cookie-of-the-page-7741";

/** What `/events` writes: each kind of event there is. @type {readonly SentEvent[]} */
export const EVENTS = [
  { name: "price", id: "1", data: '{"symbol":"BTCUSD","p":67250.5}' },
  // Without a field of its own, the id stays.
  { data: '{"symbol":"ETHUSD","p":3301}' },
  { name: "note", id: "id é 🙂", data: "zwei\nZeilen, ein \"Zitat\" und é 漢 🙂" },
  { name: "price", id: "4", data: "" },
  { name: "nobody listens", data: "[1,2,3]" },
];

/** @param {SentEvent} event */
const asText = ({ name, id, data }) => `${name === undefined ? "" : `event: ${name}\n`}${id === undefined ? "" : `id: ${id}\n`}${data.split("\n").map((line) => `data: ${line}\n`).join("")}\n`;

/**
 * Paths:
 * - `/`, `/frame`: pages. `/worker.js`: opens `/events?from=worker`.
 * - `/events`: writes `EVENTS` and stays open.
 * - `/many?count=N`: writes so many and stays open.
 * - `/ends`: writes one event and ends; the third time it answers 204, so that the browser gives up.
 * - `/lost`: writes one event and resets the connection; the second time as `/ends` the third.
 * - `/refused`: 401. `/wrong-type`: 200 with `text/html`. `/redirect`: 307 to `/events?from=redirect`.
 *
 * @returns {Promise<{ url: string, records: StreamRecord[], write: (path: string, event: SentEvent) => void, close: () => Promise<void> }>}
 */
export async function startEventStreamServer() {
  /** @type {StreamRecord[]} */
  const records = [];
  /** @type {Map<string, (event: SentEvent) => void>} */
  const writers = new Map();
  const server = createLoopbackServer((request, response) => {
    const path = request.url ?? "/";
    const { pathname, searchParams } = new URL(path, "http://host");
    if (pathname === "/worker.js") return void response.writeHead(200, { "content-type": "text/javascript" }).end('globalThis.stream = new EventSource("/events?from=worker");');
    if (pathname === "/" || pathname === "/frame") {
      return void response
        .writeHead(200, { "content-type": "text/html; charset=utf-8", "set-cookie": `${STREAM_PAGE_COOKIE}; HttpOnly` })
        .end('<!doctype html><link rel="icon" href="data:,"><title>streams</title>');
    }
    /** @type {StreamRecord} */
    const record = { path, lastEventId: request.headers["last-event-id"]?.toString(), cookies: request.headers.cookie, events: [], isOpen: true };
    records.push(record);
    response.on("close", () => (record.isOpen = false));
    const times = records.filter((one) => one.path === path).length;
    if (pathname === "/refused") return void response.writeHead(401, "Unauthorized", { "content-type": "text/plain" }).end("no");
    if (pathname === "/wrong-type") return void response.writeHead(200, { "content-type": "text/html" }).end("<p>no stream</p>");
    if (pathname === "/redirect") return void response.writeHead(307, { location: "/events?from=redirect" }).end();
    if ((pathname === "/ends" && times > 2) || (pathname === "/lost" && times > 1)) return void response.writeHead(204).end();
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store", "set-cookie": `${STREAM_COOKIE}; HttpOnly` });
    const write = (/** @type {SentEvent} */ event) => {
      record.events.push(event);
      response.write(asText(event));
    };
    writers.set(path, write);
    if (pathname === "/events") for (const event of EVENTS) write(event);
    if (pathname === "/many") for (let i = 0; i < Number(searchParams.get("count")); i++) write({ id: String(i), data: `{"n":${i}}` });
    if (pathname === "/ends" || pathname === "/lost") {
      response.write("retry: 50\n\n");
      write({ name: "round", id: `r${times}`, data: `round ${times}` });
      if (pathname === "/ends") response.end();
      else setTimeout(() => request.socket.destroy(), 50);
    }
  });
  const port = await listenOnLoopback(server);
  return {
    url: `http://127.0.0.1:${port}/`,
    records,
    write: (path, event) => writers.get(path)?.(event),
    close: () => closeServer(server),
  };
}
