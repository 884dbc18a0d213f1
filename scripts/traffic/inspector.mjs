import { once } from "node:events";
import inspector from "node:inspector";

/** The Chrome DevTools Protocol: Node's own inspector. @param {import("./recorder.mjs").Recorder} recorder */
export async function recordInspector({ WebSocket }) {
  inspector.open(0, "127.0.0.1");
  const socket = new WebSocket(inspector.url() ?? "");
  await once(socket, "open");
  const ask = async (/** @type {object} */ command) => {
    socket.send(JSON.stringify(command));
    await once(socket, "message");
  };
  await ask({ id: 1, method: "Runtime.evaluate", params: { expression: "6 * 7" } });
  await ask({ id: 2, method: "Runtime.nothing" });
  socket.close();
  await once(socket, "close");
  inspector.close();
  return `Node ${process.version}`;
}
