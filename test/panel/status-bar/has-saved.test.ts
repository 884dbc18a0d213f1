import { expect, it } from "vitest";
import { CaptureLog } from "../../../src/engine/capture-log.ts";
import { Faults } from "../../../src/model/faults.ts";
import { hasSaved } from "../../../src/panel/status-bar/has-saved.ts";
import { batchOf, opened, type Step } from "../../engine/setup-engine.ts";
import { MemoryFile } from "../../log/memory-file.ts";
import { NOTHING } from "../state/answering-engine.ts";

it("that all is saved is said only once there is anything, though that a page is captured is written before", () => {
  const capture = new CaptureLog({ payloads: new MemoryFile(), journal: new MemoryFile() }, 1 << 28, new Faults("recorder"));
  const saved = (steps: readonly Step[], now: number): [boolean, boolean] => {
    capture.take(batchOf(steps), now);
    capture.save(now);
    const { storage, log, table } = capture;
    const changed = { ...NOTHING, storage, frames: log.messages, events: log.length - log.messages, connections: { all: table.connections.size, ended: 0 } };
    return [storage.state === "saving" && storage.savedAt !== null, hasSaved(changed)];
  };
  expect(saved([{ type: "target", target: { key: "page", type: "page", url: "http://page.test/" } }], 1000)).toEqual([true, false]);
  expect(saved(opened(1), 2000)).toEqual([true, true]);
});
