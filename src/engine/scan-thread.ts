import { compileFilter, type Matcher } from "../query/matcher.ts";
import { scanPiece } from "../query/scan.ts";
import type { ScanAnswer, ScanRequest } from "./scanner.ts";

/** Answers scan requests; keeps the last filter compiled. */
export function createScanResponder(): (request: ScanRequest) => ScanAnswer {
  let key = "";
  let matcher: Matcher | undefined;
  return (request) => {
    const wanted = JSON.stringify(request.filter);
    if (matcher === undefined || wanted !== key) {
      matcher = compileFilter(request.filter);
      key = wanted;
    }
    const current = matcher;
    return request.type === "scan"
      ? { id: request.id, type: "scan", rows: scanPiece(request.piece, current) }
      : { id: request.id, type: "marks", marks: request.texts.map((text) => current.marks(text)) };
  };
}
