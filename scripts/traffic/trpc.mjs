import { createTRPCClient, createWSClient, wsLink } from "@trpc/client";
import { initTRPC, TRPCError } from "@trpc/server";
import { applyWSSHandler } from "@trpc/server/adapters/ws";
import { WebSocketServer } from "ws";
import { listen, versions } from "./recorder.mjs";

/** tRPC: its own server and client. @param {import("./recorder.mjs").Recorder} recorder */
export async function recordTrpc({ WebSocket }) {
  const { router, procedure } = initTRPC.create({ isDev: false });
  const app = router({
    order: procedure.query(() => ({ id: 7, sym: "BTC-USD" })),
    place: procedure.mutation(() => {
      throw new TRPCError({ code: "BAD_REQUEST", message: "no such instrument" });
    }),
    ticks: procedure.subscription(async function* ticks() {
      yield 1;
      yield 2;
    }),
  });
  const { server, url } = await listen();
  const sockets = new WebSocketServer({ server });
  applyWSSHandler({ wss: sockets, router: app });
  const connection = createWSClient({ url: `${url}/trpc`, WebSocket: /** @type {any} */ (WebSocket) });
  const client = /** @type {any} */ (createTRPCClient({ links: [wsLink({ client: connection })] }));
  await client.order.query();
  await client.place.mutate().catch(() => {});
  await new Promise((resolve) => {
    client.ticks.subscribe(undefined, { onComplete: resolve });
  });
  await connection.close();
  sockets.close();
  server.close();
  return versions("@trpc/server", "@trpc/client");
}
