import type { ConnectionTable } from "../log/connection-table.ts";
import type { Connection } from "../model/connection.ts";
import { endOf } from "./connection-rows.ts";

/** The connections of one family (`familyName`), itself among them, in their order. One without an address is alone. Cost: a look at each connection. */
export function familyOf({ connections, order }: ConnectionTable, own: Connection): readonly Connection[] {
  const family = order.familyOf(own.id);
  return family === "" ? [own] : [...connections.values()].filter(({ id }) => order.familyOf(id) === family);
}

/** It was closed, not by the end of its page, and with which code nobody told. */
export function isCodeUnknown(connection: Connection | undefined): boolean {
  const end = connection === undefined ? undefined : endOf(connection);
  return end?.kind === "closed" && end.hasUnknownCode;
}
