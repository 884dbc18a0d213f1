/** The portfolio: a GraphQL query, a subscription and a mutation over graphql-ws. */
import { createClient } from "graphql-ws";
import { listConnection } from "./connection-list.mjs";
import { byId, make } from "./dom.mjs";
import { formatMoney, formatPrice, formatProfit, formatQuantity, signClass } from "./format.mjs";
import { socketUrl } from "./reconnecting-socket.mjs";

/** @typedef {{ symbol: string, quantity: number, averagePrice: number, value: number, profit: number }} Position */
/** @typedef {{ cash: number, value: number, profit: number, positions: Position[] }} Portfolio */

const FIELDS = "cash value profit positions { symbol quantity averagePrice value profit }";
const TARGET = 500;

/** Connects, draws the portfolio as it changes, and lets the user set a target. */
export function showPortfolio() {
  const report = listConnection("Portfolio", "/graphql");
  const client = createClient({
    url: socketUrl("graphql"),
    lazy: false,
    retryAttempts: Infinity,
    shouldRetry: () => true,
    on: {
      connecting: () => report({ state: "connecting", note: "connecting" }),
      connected: () => report({ state: "open", note: "open, graphql-transport-ws", sent: 1 }),
      closed: (event) => report({ state: "waiting", note: event instanceof CloseEvent ? `ended with ${event.code}` : "ended" }),
      message: () => report({ received: 1 }),
    },
  });

  /**
   * @param {string} query
   * @param {(data: { portfolio?: Portfolio, setTarget?: { reached: boolean } }) => void} onData
   */
  const run = (query, onData) => {
    report({ sent: 1 });
    client.subscribe(
      { query },
      {
        next: ({ data }) => {
          if (data !== null && data !== undefined) onData(data);
        },
        error: () => report({ note: "the query failed" }),
        complete: () => {},
      },
    );
  };

  run("query Instruments { instruments { symbol name tick } }", () => {});
  run(`query Portfolio { portfolio { ${FIELDS} } }`, ({ portfolio }) => draw(portfolio));
  run(`subscription Watch { portfolio(everyMs: 1000) { ${FIELDS} } }`, ({ portfolio }) => draw(portfolio));
  const button = byId("target", HTMLButtonElement);
  button.addEventListener("click", () => {
    run(`mutation Target { setTarget(profit: ${TARGET}) { profit reached } }`, ({ setTarget }) => {
      button.textContent = setTarget?.reached === true ? `+${TARGET} reached` : `+${TARGET} not yet`;
    });
  });
}

/** @param {Portfolio | undefined} portfolio */
function draw(portfolio) {
  if (portfolio === undefined) return;
  byId("portfolio-value", HTMLElement).textContent = formatMoney(portfolio.value);
  byId("portfolio-cash", HTMLElement).textContent = formatMoney(portfolio.cash);
  const profit = byId("portfolio-profit", HTMLElement);
  profit.textContent = formatProfit(portfolio.profit);
  profit.className = signClass(portfolio.profit);
  const rows = portfolio.positions.map((position) =>
    make("tr", {}, [
      make("td", { textContent: position.symbol }),
      make("td", { className: "number", textContent: formatQuantity(position.quantity) }),
      make("td", { className: "number", textContent: formatPrice(position.averagePrice) }),
      make("td", { className: "number", textContent: formatMoney(position.value) }),
      make("td", { className: `number ${signClass(Math.round(position.profit))}`, textContent: formatProfit(position.profit) }),
    ]),
  );
  byId("positions", HTMLTableSectionElement).replaceChildren(...rows);
}
