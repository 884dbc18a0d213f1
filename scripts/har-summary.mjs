/** Tells what a HAR file holds, read from the file itself. */
import { readFile } from "node:fs/promises";

/** @typedef {{ url: string, status: number, sent: number, received: number }} SocketSummary */

/**
 * @param {string | URL} path Of a HAR file that fits in memory.
 * @returns {Promise<SocketSummary[]>} One for each entry with WebSocket messages, or with a ws: or wss: address.
 */
export async function summarizeHar(path) {
  /** @type {{ log?: { entries?: unknown } }} */
  const har = JSON.parse(await readFile(path, "utf8"));
  if (!Array.isArray(har.log?.entries)) throw new Error(`${path} is JSON, but no HAR: it has no log.entries.`);
  /** @type {{ request: { url: string }, response: { status: number }, _webSocketMessages?: { type: string }[] }[]} */
  const entries = har.log.entries;
  return entries
    .filter(({ request, _webSocketMessages }) => _webSocketMessages !== undefined || /^wss?:/.test(request.url))
    .map(({ request, response, _webSocketMessages: messages = [] }) => ({
      url: request.url,
      status: response.status,
      sent: messages.filter(({ type }) => type === "send").length,
      received: messages.filter(({ type }) => type === "receive").length,
    }));
}

/**
 * One line a connection, and one for all of them.
 * @param {readonly SocketSummary[]} sockets
 * @returns {string}
 */
export function describeSockets(sockets) {
  const total = sockets.reduce((sum, { sent, received }) => sum + sent + received, 0);
  const lines = sockets.map(({ url, status, sent, received }) => `  ${String(status).padStart(4)}  ${padded(sent)} sent ${padded(received)} received  ${url}`);
  return [`${sockets.length} connections, ${total.toLocaleString("en")} messages:`, ...lines].join("\n");
}

/** @param {number} count */
function padded(count) {
  return count.toLocaleString("en").padStart(6);
}
