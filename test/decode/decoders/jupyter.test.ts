import { describe, expect, it } from "vitest";
import { received, sent } from "../messages.ts";
import { connectionTo, told } from "../told.ts";

const message = (msg_type: string, msg_id: string, parent: string | undefined, channel: string, content: object): object => ({
  header: { msg_id, msg_type, session: "s", username: "", version: "5.3" },
  parent_header: parent === undefined ? {} : { msg_id: parent },
  metadata: {},
  content,
  channel,
});

describe("Jupyter", () => {
  it("pairs a request with its reply by the parent, and tells a failure", () => {
    expect(
      told("jupyter", [
        sent(message("execute_request", "1", undefined, "shell", { code: "1/0" })),
        received(message("status", "k1", "1", "iopub", { execution_state: "busy" })),
        received(message("stream", "k2", "1", "iopub", { name: "stdout", text: "x" })),
        received(message("error", "k3", "1", "iopub", { ename: "ZeroDivisionError" })),
        received(message("execute_reply", "k4", "1", "shell", { status: "error" })),
      ]),
    ).toEqual(["request execute_request #1 @shell", "control status @iopub", "event stream @iopub", "error error @iopub", "error execute_reply ←1 @shell"]);
  });

  it("is known from a kernel's channels", () => {
    expect(told("jupyter", [received({ msg_type: "status", content: {}, channel: "iopub" })], connectionTo("ws://localhost:8888/api/kernels/4f/channels?session_id=1"))).toEqual(["control status @iopub"]);
    expect(told("jupyter", [received({ header: { title: "x" } })])[0]).toMatch(/^json: /);
  });
});
