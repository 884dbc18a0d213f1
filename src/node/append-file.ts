import { closeSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import type { AppendFile } from "../log/payload-pages.ts";
import { cannotWrite } from "./told-by.ts";

/** A new file that is written, and read beside. What Node says of it is a `Refusal`. `named`: what it is called there. */
export function openAppendFile(path: string, named = path): AppendFile {
  const asked = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw cannotWrite(named, error);
    }
  };
  const handle = asked(() => openSync(path, "w+"));
  let size = 0;
  let isOpen = true;
  return {
    get size() {
      return size;
    },
    append: (bytes) =>
      asked(() => {
        for (let done = 0; done < bytes.length; ) done += writeSync(handle, bytes, done, bytes.length - done, size + done);
        size += bytes.length;
      }),
    read: (offset, into) => asked(() => readSync(handle, into, 0, into.length, offset)),
    flush: () => asked(() => fsyncSync(handle)),
    cutTo: (length) =>
      asked(() => {
        ftruncateSync(handle, length);
        size = length;
      }),
    close: () => {
      if (isOpen) closeSync(handle);
      isOpen = false;
    },
  };
}
