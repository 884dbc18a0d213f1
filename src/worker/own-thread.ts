import type { FromEngineWorker } from "../contract/wire.ts";
import type { OwnThread } from "../engine/own/own-thread.ts";
import { createThread } from "../engine/thread.ts";

/**
 * A thread for the user's own decoders, in a sandboxed page that the page of this worker opens: of no origin, without network
 * and without anything of the extension. Its end closes the port.
 */
export function startOwnThread(post: (message: FromEngineWorker, transfer: Transferable[]) => void): OwnThread {
  const id = crypto.randomUUID();
  const { port1: port, port2 } = new MessageChannel();
  const { thread, hear } = createThread<Parameters<OwnThread["post"]>[0], Parameters<OwnThread["onAnswer"]>[0]>({
    post: (request, transfer) => port.postMessage(request, transfer),
    end: () => {
      port.close();
      post({ type: "end own thread", id }, []);
    },
  });
  port.onmessage = ({ data }: MessageEvent<Parameters<typeof hear>[0]>) => hear(data);
  port.onmessageerror = () => thread.onFailure("a message that cannot be read");
  port.addEventListener("close", () => thread.onGone());
  post({ type: "start own thread", id, port: port2 }, [port2]);
  return thread;
}
