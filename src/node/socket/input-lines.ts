import { MOST_OUTGOING } from "../../model/outgoing-message.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";

/** The lines of an input as they come, until it ends or `over` does. Throws a `Refusal` where one is too long to be sent. */
export async function* linesOf(input: AsyncIterable<Uint8Array>, over: Promise<void>): AsyncGenerator<string, void, void> {
  const chunks = input[Symbol.asyncIterator]();
  const decoder = new TextDecoder();
  const end = over.then(() => null);
  let line = "";
  for (;;) {
    // One that is asked for and never comes is left: whoever types may type no more.
    const chunk = await Promise.race([chunks.next(), end]);
    if (chunk === null) return;
    const [head = "", ...others] = decoder.decode(chunk.value, { stream: chunk.done !== true }).split("\n");
    line += head;
    for (const next of others) {
      yield line.replace(/\r$/, "");
      line = next;
    }
    if (line.length > MOST_OUTGOING) throw new Refusal(say("live.too-long", { most: MOST_OUTGOING }));
    if (chunk.done === true) break;
  }
  if (line !== "") yield line;
}
