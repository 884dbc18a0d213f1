/** A WebSocket, as far as the page left its attributes alone. */
type PageSocket = Readonly<Record<"readyState" | "url" | "protocol" | "extensions", unknown>>;

/** What the sockets that are not closed tell: URL, subprotocol, extensions. Reads attributes only. */
export function readSockets(sockets: ArrayLike<PageSocket>): string[][] {
  const found: string[][] = [];
  for (let i = 0; i < sockets.length; i++) {
    try {
      const socket = sockets[i] as PageSocket;
      if ((socket.readyState as number) < 3) found.push([String(socket.url), String(socket.protocol), String(socket.extensions)]);
    } catch {}
  }
  return found;
}
