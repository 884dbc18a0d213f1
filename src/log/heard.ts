import { assertNever } from "../model/assert-never.ts";
import type { CaptureEvent } from "../model/capture-batch.ts";
import type { Restarts } from "../model/restarts.ts";
import type { Told } from "../model/said.ts";
import type { ConnectionId, MonotonicSeconds } from "../model/units.ts";
import type { DecoderChoiceEvent } from "./decoder-choices.ts";
import type { AnswerEvent } from "./kept-answers.ts";
import type { UserMarkEvent } from "./user-marks.ts";

/** What a log notes of itself among the events of the capture. */
export type LogNote =
  /**
   * It was emptied: so many frames and events of the capture had passed by then. Events that stand before this one in the
   * journal are those that made known what goes on; they were counted already.
   */
  | { readonly type: "cleared"; readonly frames: number; readonly events: number }
  /** The engine that recorded it ended, and another goes on: `lost` frames of the time between are not in it. */
  | { readonly type: "restarted"; readonly time: MonotonicSeconds; readonly lost: number }
  /** What became of messages that the user sent again together on a connection. */
  | { readonly type: "replayed"; readonly time: MonotonicSeconds; readonly connection: ConnectionId; readonly told: Told };

/** Those tell of no connection that goes on, and nobody who begins anew has to be told them. */
export const isLogNote = (event: { readonly type: string }): event is LogNote => event.type === "cleared" || event.type === "restarted" || event.type === "replayed";

/** All that stands between the rows of a journal. */
export type LogEvent = CaptureEvent | UserMarkEvent | DecoderChoiceEvent | AnswerEvent | LogNote;

/** How much of what a capture tells its log has heard, counted from the capture's first word. */
export class Heard {
  #framesBefore = 0;
  #events = 0;
  #restarts: Restarts = { times: 0, lost: 0 };

  /** Frames that had passed at the last clear. */
  get framesBefore(): number {
    return this.#framesBefore;
  }

  get events(): number {
    return this.#events;
  }

  /** Since the last clear. */
  get restarts(): Restarts {
    return this.#restarts;
  }

  /** So many events of the capture are heard by now: the rest another log had. */
  goOnAt(events: number): void {
    this.#events = events;
  }

  take(event: LogEvent): void {
    switch (event.type) {
      case "mark":
      case "decode-as":
      case "answer":
      case "replayed":
        return;
      case "cleared":
        this.#framesBefore = event.frames;
        this.#events = event.events;
        this.#restarts = { times: 0, lost: 0 };
        return;
      case "restarted":
        this.#restarts = { times: this.#restarts.times + 1, lost: this.#restarts.lost + event.lost };
        return;
      case "target":
      case "created":
      case "retargeted":
      case "named":
      case "withdrawn":
      case "handshake-request":
      case "handshake-response":
      case "redirected":
      case "wire-headers":
      case "error":
      case "closed":
      case "close-details":
      case "payload-size":
      case "stream-event":
      case "made-from":
      case "ruled":
      case "navigated":
      case "resumed":
      case "gap":
      case "clock":
        this.#events++;
        return;
      default:
        assertNever(event);
    }
  }
}
