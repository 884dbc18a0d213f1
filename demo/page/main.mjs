/** Wires the parts of the trading desk. */
import { listConnection } from "./connection-list.mjs";
import { byId } from "./dom.mjs";
import { OrderBook } from "./order-book.mjs";
import { OrderTicket } from "./order-ticket.mjs";
import { showPortfolio } from "./portfolio.mjs";
import { ReconnectingSocket, socketUrl } from "./reconnecting-socket.mjs";
import { Watchlist } from "./watchlist.mjs";

const AUTOPILOT_MS = 1400;
/** Every so many orders the autopilot's limit is too far away to be filled, and the last such order is taken back. */
const RESTING_ORDER_EVERY = 4;

const book = new OrderBook();
const ticket = new OrderTicket();
const watchlist = new Watchlist((symbol, quote) => {
  book.watch(symbol);
  ticket.fillIn(symbol, quote);
});
showPortfolio();
embedChat();

new ReconnectingSocket(socketUrl("relay"), { report: listConnection("Old quote relay", "/relay"), onMessage: () => {} }).connect();
new ReconnectingSocket(socketUrl("admin"), { report: listConnection("Administration", "/admin"), onMessage: () => {}, mostAttempts: 3 }).connect();

const rate = byId("rate", HTMLSelectElement);
rate.addEventListener("change", () => watchlist.setRate(Number(rate.value)));

let orders = 0;
setInterval(() => {
  const quotes = watchlist.quotes;
  const quote = quotes[Math.floor(Math.random() * quotes.length)];
  if (!byId("autopilot", HTMLInputElement).checked || quote === undefined) return;
  orders += 1;
  const isResting = orders % RESTING_ORDER_EVERY === 0;
  if (isResting) ticket.cancelOldest();
  const side = orders % 2 === 0 ? "sell" : "buy";
  const price = isResting ? quote.bid * (side === "buy" ? 0.98 : 1.02) : side === "buy" ? quote.ask : quote.bid;
  void ticket.place({ sym: quote.sym, side, qty: quote.qty, px: Number(price.toPrecision(6)) });
}, AUTOPILOT_MS);

/** The same server by its other name is another site to the browser: the chat runs as a cross-origin frame. */
function embedChat() {
  const frame = byId("chat", HTMLIFrameElement);
  const report = listConnection("Chat", "/chat · in a frame");
  const url = new URL("chat.html", location.href);
  if (url.hostname === "127.0.0.1") url.hostname = "localhost";
  addEventListener("message", ({ source, origin, data }) => {
    if (source === frame.contentWindow && origin === url.origin) report(data.chat);
  });
  frame.src = url.href;
}
