/** The portfolio: GraphQL over the `graphql-transport-ws` subprotocol, with queries, a mutation and a subscription. */
import { setTimeout as wait } from "node:timers/promises";
import { buildSchema } from "graphql";
import { useServer } from "graphql-ws/use/ws";
import { INSTRUMENTS } from "../exchange.mjs";

/** @typedef {import("../exchange.mjs").Exchange} Exchange */

const schema = buildSchema(`
  type Instrument { symbol: String!, name: String!, tick: Float! }
  type Position { symbol: String!, quantity: Float!, averagePrice: Float!, value: Float!, profit: Float! }
  type Portfolio { cash: Float!, value: Float!, profit: Float!, positions: [Position!]! }
  type Target { profit: Float!, reached: Boolean! }

  type Query { instruments: [Instrument!]!, portfolio: Portfolio! }
  type Mutation { setTarget(profit: Float!): Target! }
  type Subscription { portfolio(everyMs: Int! = 1000): Portfolio! }
`);
const LEAST_INTERVAL_MS = 50;

/**
 * @param {Exchange} exchange
 * @param {import("ws").WebSocketServer} server
 * @returns {() => void} Ends the subscriptions.
 */
export function servePortfolioGraph(exchange, server) {
  const ending = new AbortController();

  /** @param {{ everyMs: number }} options */
  async function* watchPortfolio({ everyMs }) {
    while (!ending.signal.aborted) {
      yield { portfolio: exchange.portfolio() };
      // An ended wait is the ordinary end of the subscription.
      await wait(Math.max(LEAST_INTERVAL_MS, everyMs), undefined, { signal: ending.signal }).catch(() => {});
    }
  }

  useServer(
    {
      schema,
      roots: {
        query: { instruments: INSTRUMENTS, portfolio: () => exchange.portfolio() },
        mutation: {
          setTarget: (/** @type {{ profit: number }} */ { profit }) => ({ profit, reached: exchange.portfolio().profit >= profit }),
        },
        subscription: { portfolio: watchPortfolio },
      },
    },
    server,
  );
  return () => ending.abort();
}
