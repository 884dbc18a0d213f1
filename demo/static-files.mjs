/** Serves the demo page and, from node_modules, the client libraries as they were published. */
import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { requestUrl } from "./upgrade-router.mjs";

/** First part of an address → the folder that it stands for. */
const FOLDERS = new Map([
  ["/modules/socket.io-client/", new URL("../node_modules/socket.io-client/dist/", import.meta.url)],
  ["/modules/graphql-ws/", new URL("../node_modules/graphql-ws/dist/", import.meta.url)],
  ["/modules/@msgpack/msgpack/", new URL("../node_modules/@msgpack/msgpack/dist.esm/", import.meta.url)],
  ["/", new URL("./page/", import.meta.url)],
]);

const TYPES = new Map([
  [".html", "text/html; charset=utf-8"],
  [".css", "text/css; charset=utf-8"],
  [".js", "text/javascript; charset=utf-8"],
  [".mjs", "text/javascript; charset=utf-8"],
  [".svg", "image/svg+xml"],
]);

/**
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 */
export async function serveStaticFile(request, response) {
  const file = fileOf(requestUrl(request).pathname);
  const type = file === null ? undefined : TYPES.get(extname(file.pathname));
  try {
    if (file === null || type === undefined) throw new Error("No such file is served.");
    const body = await readFile(file);
    response.writeHead(200, { "Content-Type": type, "Cache-Control": "no-store" }).end(body);
  } catch {
    response.writeHead(404, { "Content-Type": "text/plain; charset=utf-8" }).end("There is nothing here.\n");
  }
}

/**
 * Null where the path leads out of its folder.
 * @param {string} pathname
 * @returns {URL | null}
 */
function fileOf(pathname) {
  for (const [prefix, folder] of FOLDERS) {
    if (!pathname.startsWith(prefix)) continue;
    const file = new URL(`./${pathname.slice(prefix.length) || "index.html"}`, folder);
    return file.href.startsWith(folder.href) ? file : null;
  }
  return null;
}
