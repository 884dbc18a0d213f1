import { z } from "zod";
import { Refusal } from "../../../model/refusal.ts";
import { say } from "../../../model/said.ts";
import { frameIndex } from "../../../model/units.ts";
import { piece } from "../answer.ts";
import { captureInput, fromInput } from "../inputs.ts";
import { tool } from "../tool.ts";

/** Of the messages that a frame holds; each is asked for by its place. */
const MOST_LABELS = 100;

export const message = tool({
  name: "message",
  about: (words) => words("node.mcp-message"),
  input: (words) => ({
    capture: captureInput(words),
    number: z.int().min(1).describe(words("node.mcp-number")),
    part: z.int().min(0).default(0).describe(words("node.mcp-part")),
    from: fromInput(words),
  }),
  answer: ({ capture, number, part, from }, captures, { tell }) =>
    captures.ask(capture, async (engine) => {
      const place = { frame: frameIndex(number - 1), message: part };
      const details = await engine.call("inspect", { ...place, columns: 80 });
      if (details === null) throw new Refusal(say("node.mcp-no-row", { number }));
      const { kind, direction, opcode, time, label, messages, size, connection, layers, pair, pinned, userNote, treeLines, textLines, note } = details;
      const isValue = treeLines !== null;
      const text = isValue ? await engine.call("treeJson", { ...place, line: 0, form: "line" }) : await engine.call("payloadText", place);
      const { text: told, leftOut } = piece(text, from);
      return {
        number,
        kind,
        direction,
        opcode,
        time: time === null ? null : new Date(time).toISOString(),
        connection: connection?.id ?? null,
        type: label,
        size,
        decodedAs: layers.map(({ name, what, problem }) => ({ name, what: tell(what), ...(problem !== null && { problem: tell(problem) }) })),
        ...(messages.length > 1 && { part, parts: messages.slice(0, MOST_LABELS), partsLeftOut: Math.max(0, messages.length - MOST_LABELS) }),
        ...(pair !== null && { pair: { role: pair.role, latency: pair.latency, other: pair.other && { number: pair.other.frame + 1, type: pair.other.label } } }),
        ...(pinned && { pinned }),
        ...(userNote !== "" && { note: userNote }),
        ...(note !== null && { notShown: tell(note) }),
        [isValue ? "value" : textLines === null ? "base64" : "text"]: told,
        leftOut,
      };
    }),
});
