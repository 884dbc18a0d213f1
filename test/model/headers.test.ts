import { expect, it } from "vitest";
import { headerValues, separateHeaders } from "../../src/model/headers.ts";
import { headers } from "./a-connection.ts";

it("a header's values are found without case, in order, and apart where CDP joined them", () => {
  const list = [...headers("Set-Cookie: a=1", "X: y"), { name: "set-cookie", value: "b=2\n c=3 " }];
  expect(headerValues(list, "SET-COOKIE")).toEqual(["a=1", "b=2", "c=3"]);
  expect(headerValues(list, "cookie")).toEqual([]);
});

it("joined headers become separate entries under their own name", () => {
  expect(separateHeaders([{ name: "Set-Cookie", value: "a=1\nb=2" }, ...headers("X: y")])).toEqual(
    headers("Set-Cookie: a=1", "Set-Cookie: b=2", "X: y"),
  );
});
