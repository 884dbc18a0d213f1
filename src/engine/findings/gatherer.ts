import type { Connection } from "../../model/connection.ts";
import { headerValues } from "../../model/headers.ts";
import type { FrameIndex } from "../../model/units.ts";
import type { CaptureLog } from "../capture-log.ts";
import { CloseFrames, OPCODE_CLOSE } from "./gather/close-frames.ts";
import type { MessageShapes } from "./gather/counted-names.ts";
import { Counters } from "./gather/counters.ts";
import { Heartbeats, isHeartbeat } from "./gather/heartbeats.ts";
import { Pace } from "./gather/pace.ts";
import { Repeats } from "./gather/repeats.ts";
import { Requests } from "./gather/requests.ts";
import { Tally } from "./gather/tally.ts";
import { UncompressedText, type TextSamples } from "./gather/text-sample.ts";
import { placeOf, type Gathered } from "./rule.ts";
import type { SeenRow } from "./seen-row.ts";

/** Gathers what rules judge, of one connection, row by row. */
export class Gatherer {
  opening: FrameIndex | undefined;
  end: FrameIndex | undefined;
  readonly #tally = new Tally();
  readonly #pace = new Pace();
  readonly #counters: Counters;
  readonly #repeats = new Repeats();
  #requests: Requests | undefined;
  #heartbeats: Heartbeats | undefined;
  #closeFrames: CloseFrames | undefined;
  #uncompressed: UncompressedText | undefined;
  readonly #samples: TextSamples;
  /** The connection as it was when its headers were last read. */
  #read: Connection | undefined;
  #isUncompressed = false;

  /** `samples`, `shapes`: of all connections of the capture. */
  constructor(samples: TextSamples, shapes: MessageShapes) {
    this.#samples = samples;
    this.#counters = new Counters(shapes);
  }

  /** `connection`: as it is now. */
  add(row: SeenRow, capture: CaptureLog, connection: Connection): void {
    const { kind } = row;
    this.#tally.add(row);
    this.#pace.add(row);
    if (isHeartbeat(kind, row.opcode)) {
      (this.#heartbeats ??= new Heartbeats()).add(row);
      return;
    }
    if (row.opcode === OPCODE_CLOSE) {
      (this.#closeFrames ??= new CloseFrames(row)).add(row);
      return;
    }
    if (kind === "request") (this.#requests ??= new Requests()).addRequest(row, capture);
    else if (kind === "answer") (this.#requests ??= new Requests()).addAnswer(row, capture);
    this.#counters.add(row);
    this.#repeats.add(row);
    if (connection !== this.#read) {
      this.#read = connection;
      this.#isUncompressed = isUncompressed(connection);
    }
    if (this.#isUncompressed && row.isText) (this.#uncompressed ??= new UncompressedText(this.#samples, placeOf(familyNameOf(connection, capture)))).add(row);
  }

  /** Messages were not captured here, of any connection. */
  interrupt(): void {
    this.#counters.interrupt();
    this.#requests?.interrupt();
    this.#heartbeats?.interrupt();
  }

  /** What is known by now. */
  gathered(connection: Connection, capture: CaptureLog): Gathered {
    this.#requests?.settle(capture);
    return {
      connection,
      family: familyNameOf(connection, capture),
      opening: this.opening,
      end: this.end,
      tally: this.#tally,
      pace: this.#pace,
      requests: this.#requests,
      heartbeats: this.#heartbeats,
      counters: this.#counters,
      repeats: this.#repeats,
      closeFrames: this.#closeFrames,
      sample: this.#uncompressed?.sample,
    };
  }
}

/** One of which the address is not known is alone. */
const familyNameOf = ({ id }: Connection, { table }: CaptureLog): string => table.order.familyOf(id) || String(id);

/** Its answer was seen, and accepts no compression. */
function isUncompressed(connection: Connection): boolean {
  if (connection.transport !== "websocket") return false;
  const { status, responseHeaders } = connection.handshake;
  return (status === 101 || status === 200) && responseHeaders.length > 0 && headerValues(responseHeaders, "sec-websocket-extensions").length === 0;
}
