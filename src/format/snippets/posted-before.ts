import type { HttpExchange } from "../../model/http-exchange.ts";

/** What a page posted to a socket's own address as the same session, which Engine.IO names `sid`, before the socket took over. */
export function postedBefore(address: string, exchanges: readonly HttpExchange[]): readonly HttpExchange[] {
  const socket = URL.parse(address);
  const session = socket?.searchParams.get("sid") ?? "";
  if (socket === null || session === "") return [];
  return exchanges.filter(({ url, requestBody }) => {
    const to = requestBody === null ? null : URL.parse(url);
    return to !== null && to.host === socket.host && to.pathname === socket.pathname && to.searchParams.get("sid") === session;
  });
}
