/** An HTTP server on 127.0.0.1 with a port of the system's choice. */
import { createServer } from "node:http";

/**
 * @param {import("node:http").RequestListener} onRequest
 * @returns {import("node:http").Server}
 */
export function createLoopbackServer(onRequest) {
  const server = createServer(onRequest);
  // Node waits 5 s for further requests on an idle connection; a browser under test holds several.
  server.keepAliveTimeout = 1000;
  return server;
}

/**
 * @param {import("node:http").Server} server
 * @returns {Promise<number>} The port.
 */
export async function listenOnLoopback(server) {
  await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(undefined));
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server listens, but not on a port.");
  return address.port;
}

/**
 * Ends the server and every connection that it still holds.
 * @param {import("node:http").Server} server
 */
export async function closeServer(server) {
  const closed = new Promise((resolve) => {
    server.close(resolve);
  });
  server.closeAllConnections();
  await closed;
}
