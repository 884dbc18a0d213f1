import { createClient } from "graphql-ws";
import { useServer } from "graphql-ws/use/ws";
import { WebSocketServer } from "ws";
import { library } from "./libraries/library.mjs";
import { listen, versions } from "./recorder.mjs";

/** GraphQL: both protocols, each with its own server and client. @param {import("./recorder.mjs").Recorder} recorder */
export async function recordGraphQl({ WebSocket }) {
  const { buildSchema, parse, validate, execute, subscribe } = await library("graphql");
  const schema = buildSchema("type Query { portfolio: Portfolio } type Portfolio { cash: Float } type Subscription { price(sym: String): Float }");
  async function* prices() {
    for (const price of [1.5, 2.5]) yield { price };
  }
  const rootValue = { portfolio: { cash: 12.5 }, price: prices };
  const queries = ["query Portfolio { portfolio { cash } }", 'subscription Watch { price(sym: "BTC") }', "query Wrong { nothing }"];

  const modern = await listen();
  const sockets = new WebSocketServer({ server: modern.server });
  // One graphql for all: another copy of it would not know this schema.
  const stopped = useServer(/** @type {any} */ ({ schema, roots: { query: rootValue, subscription: rootValue }, parse, validate, execute, subscribe }), sockets);
  const client = createClient({ url: `${modern.url}/graphql`, webSocketImpl: WebSocket, lazy: false, retryAttempts: 0, keepAlive: 50 });
  for (const query of queries) await new Promise((resolve) => client.subscribe({ query }, { next: () => {}, error: resolve, complete: () => resolve(undefined) }));
  await new Promise((resolve) => setTimeout(resolve, 100));
  await client.dispose();
  await stopped.dispose();
  modern.server.close();

  const { SubscriptionServer, SubscriptionClient } = await library("subscriptions-transport-ws");
  const older = await listen();
  SubscriptionServer.create({ schema, rootValue, execute, subscribe, keepAlive: 50 }, { server: older.server, path: "/graphql" });
  const before = new SubscriptionClient(`${older.url}/graphql`, { reconnect: false }, WebSocket);
  for (const query of queries) await new Promise((resolve) => before.request({ query }).subscribe({ next: () => {}, error: resolve, complete: () => resolve(undefined) }));
  before.close();
  older.server.close();
  return versions("graphql-ws", "subscriptions-transport-ws");
}
