import { Refusal } from "../../src/model/refusal.ts";
import type { AppendFile } from "../../src/log/payload-pages.ts";

/** An `AppendFile` in memory, for tests of what stands above it; `room`: bytes until the disk is full. */
export class MemoryFile implements AppendFile {
  #bytes = new Uint8Array(1 << 12);
  size = 0;
  room: number;
  isClosed = false;

  constructor(room = Infinity) {
    this.room = room;
  }

  get contents(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.size);
  }

  /** Damages one bit. */
  flip(at: number, bit: number): void {
    this.#bytes[at] = (this.#bytes[at] as number) ^ (1 << bit);
  }

  append(bytes: Uint8Array): void {
    if (this.size + bytes.length > this.room) throw new Refusal("the disk is full");
    if (this.size + bytes.length > this.#bytes.length) {
      const larger = new Uint8Array((this.size + bytes.length) * 2);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(bytes, this.size);
    this.size += bytes.length;
  }

  read(offset: number, into: Uint8Array): number {
    const part = this.#bytes.subarray(offset, Math.min(this.size, offset + into.length));
    into.set(part);
    return part.length;
  }

  flush(): void {}

  cutTo(size: number): void {
    this.size = size;
  }

  close(): void {
    this.isClosed = true;
  }
}
