import type { EngineCalls } from "../../../src/contract/calls.ts";
import type { Changed } from "../../../src/contract/changed.ts";
import type { ConnectionItem, ConnectionList, ConnectionsQuery } from "../../../src/contract/connections.ts";
import { ConnectionOrder, type ListedItem } from "../../../src/log/connection-order.ts";
import type { ConnectionId } from "../../../src/model/units.ts";
import { connectionAt, TARGETS, targetOf } from "./made-up-log.ts";

/** The made-up log's connections, as many as one likes, listed as the engine lists them. */
export class MadeUpConnections {
  readonly #order = new ConnectionOrder();
  readonly #all: number;

  constructor(many: number) {
    this.#all = 6 + many;
    for (let id = 1; id <= this.#all; id++) {
      this.#order.put({ ...connectionAt(id, 0), targetKey: targetOf(id) });
    }
  }

  get counts(): Changed["connections"] {
    return { all: this.#all, ended: this.#order.ended };
  }

  list({ hidesEnded, chosen, watched, from, to }: ConnectionsQuery, frames: number): ConnectionList {
    const withRow = ({ chain: { root, ids }, ...place }: Extract<ListedItem, { type: "connection" }>): ConnectionItem<"connection"> => ({
      ...place,
      row: { ...connectionAt(ids.at(-1) ?? root, frames), root, times: ids.length },
    });
    return this.#order.list({ withoutEnded: hidesEnded, kept: chosen }, (listed) => {
      const found = chosen === null ? undefined : listed.find(chosen);
      return {
        lines: listed.lines,
        connections: listed.chains,
        items: listed.items(from, to).map((item): ConnectionItem => (item.type === "connection" ? withRow(item) : { targetType: "other", targetName: "", ...TARGETS[item.targetKey], ...item })),
        chosen: found === undefined ? null : withRow(found),
        watched: watched.map((id: ConnectionId) => connectionAt(id, frames)),
      };
    });
  }

  beside({ hidesEnded, chosen, by }: Parameters<EngineCalls["connectionBeside"]>[0]): ReturnType<EngineCalls["connectionBeside"]> {
    return this.#order.list({ withoutEnded: hidesEnded, kept: chosen }, (listed) => {
      const place = Math.min(Math.max(-1, (chosen === null ? -1 : (listed.find(chosen)?.place ?? -1)) + by), listed.chains - 1);
      const root = listed.at(place)?.root;
      return { connection: root ?? null, line: root === undefined ? 0 : (listed.find(root)?.line ?? 0) };
    });
  }
}
