import type { OwnRequest } from "../engine/own/own-thread.ts";
import { createOwnResponder, type OwnModule } from "./own-responder.ts";

/** The thread of own decoders: it speaks over the port that it is given, and ends with the page. */
self.addEventListener("message", ({ ports: [port] }) => {
  if (port === undefined) return;
  const respond = createOwnResponder({ load: loadModule, now: () => performance.now(), post: port.postMessage.bind(port) });
  port.onmessage = ({ data }: MessageEvent<OwnRequest>) => void respond(data);
  port.postMessage("ready");
}, { once: true });

async function loadModule(source: string): Promise<OwnModule> {
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    return (await import(/* @vite-ignore */ url)) as OwnModule;
  } finally {
    URL.revokeObjectURL(url);
  }
}
