import type { ConnectionTable } from "../log/connection-table.ts";
import type { Connection } from "../model/connection.ts";
import { endOf } from "./connection-rows.ts";

/** The connections of the same target to the same address, itself among them, in their order. One without an address is alone. Cost: a look at each connection. */
export function familyOf({ connections }: ConnectionTable, own: Connection): readonly Connection[] {
  const address = addressOf(own);
  if (address === "") return [own];
  return [...connections.values()].filter(({ targetKey, url }) => targetKey === own.targetKey && url.startsWith(address) && isEndOfAddress(url[address.length]));
}

/** Its URL, but for what stands behind a question mark: that is another with each try. */
export const addressOf = ({ url }: Connection): string => url.split(/[?#]/, 1)[0] ?? "";

const isEndOfAddress = (next: string | undefined): boolean => next === undefined || next === "?" || next === "#";

/** It was closed, not by the end of its page, and with which code nobody told. */
export function isCodeUnknown(connection: Connection | undefined): boolean {
  const end = connection === undefined ? undefined : endOf(connection);
  return end?.kind === "closed" && end.hasUnknownCode;
}
