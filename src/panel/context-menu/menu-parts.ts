import type { MenuTarget } from "../state/menu-store.ts";
import { connectionCompare, frameCompare } from "./compare-entries.ts";
import { connectionAddress, connectionDecoder, connectionFilter, connectionNote } from "./connection-entries.ts";
import { decoderEntries } from "./decoder-entries.ts";
import { connectionExport, frameExport } from "./export-entries.ts";
import { frameCopy, frameFilter, frameMarks, frameScope } from "./frame-entries.ts";
import { headColumns, headDelta, headFilter, headMove, headPaths, headReset, headSort, headTime } from "./head-entries.ts";
import { headerCopy, headerFilter } from "./header-entries.ts";
import type { MenuEntry } from "./menu-entry.ts";
import type { MenuAbout, MenuPart } from "./menu-part.ts";
import { connectionMute, frameMute } from "./mute-entries.ts";
import { connectionNetwork } from "./network-entries.ts";
import { framePayload } from "./payload-entries.ts";
import { frameRule } from "./rule-entries.ts";
import { connectionSend, frameResend } from "./send-entries.ts";
import { connectionCopyAs, frameCopyAs } from "./snippet-entries.ts";
import { textCopy } from "./text-entries.ts";
import { valueBytes, valueColumn, valueCopy, valueFilter, valueFold, valueGlobal, valuePage } from "./value-entries.ts";

/** What each menu holds, in this order. */
const MENU_PARTS: { readonly [Type in MenuTarget["type"]]: readonly MenuPart<Type>[] } = {
  frame: [
    frameFilter,
    frameMute,
    frameScope,
    frameCompare,
    frameMarks,
    frameResend,
    frameRule,
    frameCopy,
    framePayload,
    frameCopyAs,
    frameExport,
  ],
  head: [
    headSort,
    headFilter,
    headMove,
    headTime,
    headDelta,
    headColumns,
    headPaths,
    headReset,
  ],
  value: [
    valueFilter,
    valueColumn,
    valueCopy,
    valueGlobal,
    valueFold,
    valueBytes,
    valuePage,
  ],
  text: [
    textCopy,
  ],
  header: [
    headerFilter,
    headerCopy,
  ],
  connection: [
    connectionSend,
    connectionDecoder,
    connectionNetwork,
    connectionFilter,
    connectionMute,
    connectionCompare,
    connectionNote,
    connectionCopyAs,
    connectionExport,
    connectionAddress,
  ],
  decoder: [
    decoderEntries,
  ],
};

/** The lines of a menu. */
export function entriesOf<Type extends MenuTarget["type"]>(type: Type, about: MenuAbout<Type>): readonly MenuEntry[] {
  const parts = MENU_PARTS[type].map((part) => part(about)).filter((entries) => entries.length > 0);
  return parts.flatMap((entries, i) => (i === 0 ? entries : [{ type: "separator", key: `part ${i}` } as const, ...entries]));
}
