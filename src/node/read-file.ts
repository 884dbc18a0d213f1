import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import type { AppendFile } from "../log/payload-pages.ts";
import { Refusal } from "../model/refusal.ts";
import { say } from "../model/said.ts";

/** A file of a capture that is looked at: nothing is ever written to it. Throws what Node says where it cannot be opened. */
export function openToRead(path: string): AppendFile {
  const handle = openSync(path, "r");
  const { size } = fstatSync(handle);
  return {
    size,
    append: refuse,
    cutTo: refuse,
    flush: () => {},
    read: (offset, into) => readSync(handle, into, 0, into.length, offset),
    close: () => closeSync(handle),
  };
}

function refuse(): never {
  throw new Refusal(say("node.read-only"));
}
