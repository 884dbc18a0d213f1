/** The demo: one HTTP server on loopback with the page and, by path, seven WebSocket servers. */
import { Exchange, INSTRUMENTS } from "./exchange.mjs";
import { closeServer, createLoopbackServer, listenOnLoopback } from "./loopback-server.mjs";
import { randomFrom } from "./random.mjs";
import { ServerRecord } from "./server-record.mjs";
import { bookFeed } from "./servers/book-feed.mjs";
import { Chat } from "./servers/chat.mjs";
import { marketFeed } from "./servers/market-feed.mjs";
import { SOCKET_IO_PATH, serveOrders } from "./servers/orders.mjs";
import { servePortfolioGraph } from "./servers/portfolio-graph.mjs";
import { relay } from "./servers/relay.mjs";
import { serveStaticFile } from "./static-files.mjs";
import { UpgradeRouter } from "./upgrade-router.mjs";

/**
 * A running demo.
 * @typedef {object} Demo
 * @property {string} url The page, `http://127.0.0.1:port/`.
 * @property {ServerRecord} record What the servers sent and received.
 * @property {() => Promise<void>} close
 */

/** A cookie of the page, to look for where no secret should be. */
const PAGE_COOKIE = "desk_session=b3BlbiBzZXNhbWU; HttpOnly; SameSite=Lax";

/**
 * @param {{ record?: import("./server-record.mjs").RecordMode, seed?: number }} options
 * @returns {Promise<Demo>}
 */
export async function startDemo({ record: mode = "off", seed = 7 } = {}) {
  const record = new ServerRecord(mode);
  const exchange = new Exchange(randomFrom(seed), Date.now);
  const firstSymbol = INSTRUMENTS[0]?.symbol ?? "";
  const server = createLoopbackServer((request, response) => {
    response.setHeader("Set-Cookie", PAGE_COOKIE);
    void serveStaticFile(request, response);
  });

  const router = new UpgradeRouter(server, record, [SOCKET_IO_PATH]);
  const chat = new Chat();
  router.serve("/feed", marketFeed(exchange));
  router.serve("/chat", (socket) => chat.connect(socket), { perMessageDeflate: { threshold: 128 }, handleProtocols: chooseChatProtocol });
  router.serve("/book", bookFeed(exchange, firstSymbol));
  router.serve("/relay", relay(exchange, firstSymbol));
  router.refuse("/admin", () => 403);
  const endSubscriptions = servePortfolioGraph(exchange, router.mount("/graphql"));
  const orders = serveOrders(server, exchange, record);

  const port = await listenOnLoopback(server);
  return {
    url: `http://127.0.0.1:${port}/`,
    record,
    close: async () => {
      chat.close();
      endSubscriptions();
      router.close();
      orders.disconnectSockets(true);
      orders.engine.close();
      await closeServer(server);
    },
  };
}

/** @param {Set<string>} offered */
function chooseChatProtocol(offered) {
  return offered.has("chat.v1") ? "chat.v1" : false;
}
