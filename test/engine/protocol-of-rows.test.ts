import { expect, onTestFinished, test } from "vitest";
import { connectionId, frameIndex } from "../../src/model/units.ts";
import { opened, setupEngine } from "./setup-engine.ts";

test("a row, its details and its connection say what protocol it is of, as the filter names it, and whether that is a tool's", async () => {
  const { take, call, end } = setupEngine();
  onTestFinished(end);
  take([...opened(1), { payload: '{"type":"hash","data":"1f2e"}', connection: 1 }, ...opened(2), { payload: '{"op":"tick"}', connection: 2 }]);
  const protocols = async (): Promise<unknown> => (await call("rows", { from: 0, to: 10 })).rows.flatMap(({ kind, label, protocol }) => (kind === "message" ? [[label, protocol]] : []));
  await expect.poll(protocols).toEqual([["hash", "dev-server"], ["tick", null]]);
  const { rows } = await call("rows", { from: 0, to: 10 });
  const details = await Promise.all(rows.filter(({ kind }) => kind === "message").map(({ index }) => call("inspect", { frame: frameIndex(index), columns: 80 })));
  expect(details.map((one) => [one?.protocol, one?.isOfTool])).toEqual([["dev-server", true], [null, false]]);
  const { items } = await call("connections", { hidesEnded: false, chosen: null, watched: [], from: 0, to: 100 });
  expect(items.flatMap((item) => (item.type === "connection" ? [[item.row.id, item.row.protocol]] : []))).toEqual([[connectionId(1), "dev-server"], [connectionId(2), undefined]]);
});
