import { once } from "node:events";
import { createServer } from "vite";
import { versions } from "./recorder.mjs";

/** Vite's hot reload: its own server, spoken to as its client does. @param {import("./recorder.mjs").Recorder} recorder */
export async function recordVite({ WebSocket }) {
  const server = await createServer({ configFile: false, root: new URL("../../demo/page", import.meta.url).pathname, logLevel: "silent", server: { port: 0, host: "127.0.0.1", watch: null }, optimizeDeps: { noDiscovery: true } });
  await server.listen();
  const socket = new WebSocket(`${server.resolvedUrls?.local[0]?.replace("http", "ws")}?token=${server.config.webSocketToken}`, "vite-hmr");
  await once(socket, "message");
  socket.send(JSON.stringify({ type: "custom", event: "vite:client:connected", data: {} }));
  server.ws.send({ type: "full-reload", path: "/index.html" });
  await once(socket, "message");
  socket.close();
  await server.close();
  return versions("vite");
}
