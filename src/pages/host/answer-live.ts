import type { TabCapture } from "../../capture/tab-capture.ts";
import type { LiveAnswer, LiveCall, LiveAnswerValue } from "../../contract/live.ts";
import { assertNever } from "../../model/assert-never.ts";
import type { Faults } from "../../model/faults.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";

/** Does what a view asks of the connections; never rejects. */
export async function answerLive(capture: TabCapture, call: LiveCall, faults: Faults): Promise<LiveAnswer> {
  const { id } = call;
  try {
    return { type: "live answer", id, value: (await act(capture, call)) ?? null };
  } catch (error) {
    if (!(error instanceof Refusal)) faults.add(error);
    return { type: "live refused", id, why: error instanceof Refusal ? error.told : say("panel.bug") };
  }
}

async function act({ live, rules, messageRules }: TabCapture, call: LiveCall): Promise<LiveAnswerValue | void> {
  switch (call.name) {
    case "reach":
      return live.reach(call.argument.connection, call.argument.mayStandStill);
    case "letGo":
      return live.letGo(call.argument.connection);
    case "send":
      return live.send(call.argument.connection, call.argument.message, call.argument.madeFrom);
    case "sendSeveral":
      return live.sendSeveral(call.argument.connection, call.argument.messages);
    case "receive":
      return live.receive(call.argument.connection, call.argument.message);
    case "openingPlaces":
      return live.openingPlaces(call.argument);
    case "connect":
      return { connection: await live.connect(call.argument) };
    case "keepGlobal":
      return { name: await live.keepGlobal(call.argument.json) };
    case "storedValues":
      return live.storedValues(call.argument.connection);
    case "setRule":
      return rules.set(call.argument.scope, call.argument.effect);
    case "countMet":
      return { connections: rules.met(call.argument.scope).length };
    case "liftRules":
      return rules.lift();
    case "setMessageRules":
      return messageRules.set(call.argument.rules);
    case "letGoMessage":
      return messageRules.letGo(call.argument.id, call.argument.text, call.argument.isDropped);
    case "endAbnormally":
      return live.endAbnormally(call.argument.connection);
    case "close":
      return live.close(call.argument.connection, call.argument);
    default:
      assertNever(call);
  }
}
