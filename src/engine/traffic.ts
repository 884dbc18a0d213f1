import type { LogSlice } from "../log/frame-log.ts";
import { directionOf } from "../model/frame.ts";
import { connectionId, type ConnectionId } from "../model/units.ts";
import { RateMeter } from "./rate-meter.ts";

/** A rate is that of the last whole second, so it is zero two seconds after the last frame. */
const RATES_LAST_MS = 2500;

/** What passed over one connection. */
export interface ConnectionTraffic {
  frames: number;
  bytes: number;
  readonly meter: RateMeter;
}

/** Counts what passes: over each connection, and each way. */
export class Traffic {
  readonly sent = new RateMeter();
  readonly received = new RateMeter();
  #connections = new Map<ConnectionId, ConnectionTraffic>();
  #last = -Infinity;

  of(connection: ConnectionId): ConnectionTraffic | undefined {
    return this.#connections.get(connection);
  }

  /** Counts and rates may have changed: they do while frames come, and until the last rates have fallen to zero. */
  isMoving(now: number): boolean {
    return now - this.#last < RATES_LAST_MS;
  }

  /** Adds the messages among rows `from` up to `to`, run by run. `now`: for rates; left out where they passed long ago. */
  add({ connections, bits, lengths }: Pick<LogSlice, "connections" | "bits" | "lengths">, from: number, to: number, now?: number): void {
    for (let i = from; i < to; ) {
      const connection = connections[i] as number;
      const known = bits[i] as number;
      const direction = directionOf(known);
      const first = i;
      let bytes = 0;
      for (; i < to && connections[i] === connection && (bits[i] === known || directionOf(bits[i] as number) === direction); i++) {
        bytes += lengths[i] as number;
      }
      if (direction === undefined) continue;
      const traffic = this.#for(connectionId(connection));
      traffic.frames += i - first;
      traffic.bytes += bytes;
      if (now === undefined) continue;
      this.#last = now;
      traffic.meter.add(now, i - first, bytes);
      this[direction].add(now, i - first, bytes);
    }
  }

  /** Forgets what passed, not the rates of this moment. */
  clear(): void {
    for (const [connection, traffic] of this.#connections) {
      // Nothing passed over it since the log was emptied before.
      if (traffic.frames === 0) this.#connections.delete(connection);
      else this.#connections.set(connection, { frames: 0, bytes: 0, meter: traffic.meter });
    }
  }

  #for(connection: ConnectionId): ConnectionTraffic {
    const known = this.#connections.get(connection);
    if (known !== undefined) return known;
    const traffic = { frames: 0, bytes: 0, meter: new RateMeter() };
    this.#connections.set(connection, traffic);
    return traffic;
  }
}
