import { describe, expect, it } from "vitest";
import { decodeAll, received, sent, valueOf } from "../messages.ts";
import { told } from "../told.ts";

const BASE64 = { url: "wss://kube.test/api/v1/namespaces/default/pods/web-0/exec", subprotocol: "v4.base64.channel.k8s.io" };
const FORWARD = { url: "wss://kube.test/api/v1/namespaces/default/pods/web-0/portforward?ports=80&ports=5432", subprotocol: "v4.channel.k8s.io" };

describe("Kubernetes channels", () => {
  it("are read in their base64 form", () => {
    const frames = [sent(`0${btoa("ls\n")}`), received(`1${btoa('{"ok":true}')}`), received("1"), received(`3${btoa('{"status":"Failure"}')}`), received("1%")];
    expect(told("kubernetes", frames, BASE64)).toEqual(["event stdin", "event stdout", "event stdout", "error error", "nobody"]);
    expect(valueOf(decodeAll(frames, BASE64)[1])).toEqual({ ok: true });
  });

  it("are, of a port-forward, the data and the errors of each port", () => {
    const frames = [received(Uint8Array.of(0, 80, 0)), received(Uint8Array.of(1, 80, 0)), sent(Uint8Array.of(2, 0xff, 1)), received(Uint8Array.of(1, ...Buffer.from("refused")))];
    expect(told("kubernetes", frames, FORWARD)).toEqual(["event data 0", "control error 0", "event data 1", "error error 0"]);
  });
});
