import type { PayloadFile } from "../contract/files.ts";
import { ZipWriter } from "../format/writing/zip-writer.ts";

/** Files in one zip, as they are: to make them smaller would take the engine a second, and they are few. `date`: of all of them. */
export function payloadsZip(files: readonly PayloadFile[], date: number): Uint8Array<ArrayBuffer> {
  const pieces = [...zipped(files, new ZipWriter(date))];
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function* zipped(files: readonly PayloadFile[], zip: ZipWriter): Generator<Uint8Array> {
  for (const { name, bytes } of files) {
    zip.begin(name, true);
    yield* zip.add(bytes);
    yield* zip.endFile();
  }
  yield* zip.end();
}
