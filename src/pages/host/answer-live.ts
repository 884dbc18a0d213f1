import type { TabCapture } from "../../capture/tab-capture.ts";
import type { LiveAnswer, LiveCall } from "../../contract/live.ts";
import { assertNever } from "../../model/assert-never.ts";
import type { Faults } from "../../model/faults.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";

/** Does what a view asks of the connections; never rejects. */
export async function answerLive(live: TabCapture["live"], call: LiveCall, faults: Faults): Promise<LiveAnswer> {
  const { id } = call;
  try {
    await act(live, call);
    return { type: "live answer", id, value: null };
  } catch (error) {
    if (!(error instanceof Refusal)) faults.add(error);
    return { type: "live refused", id, why: error instanceof Refusal ? error.told : say("panel.bug") };
  }
}

async function act(live: TabCapture["live"], call: LiveCall): Promise<void> {
  switch (call.name) {
    case "reach":
      return live.reach(call.argument.connection, call.argument.mayStandStill);
    case "letGo":
      return live.letGo(call.argument.connection);
    case "send":
      return live.send(call.argument.connection, call.argument.message, call.argument.madeFrom);
    case "close":
      return live.close(call.argument.connection, call.argument);
    default:
      assertNever(call);
  }
}
