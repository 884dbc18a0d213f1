import { describe, expect, it } from "vitest";
import { attachAgain, installOtherDebugger, openAndClose, openAtOnce, useMany } from "./many-scenarios.ts";
import { openSocket } from "./stage.ts";

const many = useMany();

describe("many at once", () => {
  it("40 sockets, each with its own messages", () => openAtOnce(many, 40));
  it("80 sockets opened and closed within a second", () => openAndClose(many, 80, 1));
  it("attaching 3 times leaves one debugger", () => attachAgain(many, 3));

  it("another extension that debugs the same tab hears the frames, and so do we", async () => {
    const { server, stage } = many;
    const other = await installOtherDebugger(many);
    await openSocket(stage.page, `${server.webSocketUrl}/burst?count=50`, 50);
    await stage.waitForStatus("Matches", /^50 frames$/);
    await expect.poll(() => other.attached()).toBe(50);
    await other.remove();
    await openSocket(stage.page, `${server.webSocketUrl}/burst?count=20`, 20);
    await stage.waitForStatus("Matches", /^70 frames$/);
  });
});
