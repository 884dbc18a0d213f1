/** The old quote relay, which fails as old relays do: after a while its TCP connection ends without a close frame. */

/** @typedef {import("../exchange.mjs").Exchange} Exchange */

const QUOTE_MS = 500;
const LIVES_MS = /** @type {const} */ ([4000, 7000]);

/**
 * @param {Exchange} exchange
 * @param {string} symbol
 * @returns {import("../upgrade-router.mjs").ConnectionHandler}
 */
export function relay(exchange, symbol) {
  return (socket, _url, request) => {
    const flow = setInterval(() => socket.send(JSON.stringify({ type: "quote", ...exchange.quote(symbol) })), QUOTE_MS);
    const death = setTimeout(() => request.socket.destroy(), exchange.between(...LIVES_MS));
    socket.on("close", () => {
      clearInterval(flow);
      clearTimeout(death);
    });
  };
}
