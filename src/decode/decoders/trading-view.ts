import type { Decoder, DecodeSession } from "../decoder.ts";
import { lazily } from "../lazily.ts";

const session = lazily(() => import("../trading-view/trading-view-session.ts"));

/**
 * TradingView's framing, `~m~<length>~m~<JSON>`, several a frame.
 *
 * Versions: it has no number.
 *
 * Sure from its marks. A message is named by its method, its topic is the session. `~h~<n>` is a heartbeat, which the other
 * side sends back.
 */
export const tradingView = {
  id: "tradingview",
  name: "TradingView",
  claims: "connection",
  recognises: (_frame, head) => /^~m~\d{1,8}~m~(?:\{|~h~\d)/.test(head),
  load: session.load,
  open: (context): DecodeSession => session.get().openTradingView(context),
} as const satisfies Decoder;
