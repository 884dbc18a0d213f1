import { ArrowDown, ArrowUp, Copy, ListTree } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useEffect, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from "react";
import { BYTE_FORMATS, formatBytes, type ByteFormat } from "../../model/byte-formats.ts";
import { toldBy } from "../told-by.ts";
import { say, type Code, type Told } from "../../model/said.ts";
import type { FrameIndex } from "../../model/units.ts";
import type { Running } from "../engine-client.ts";
import { Button } from "../controls/button.tsx";
import type { FindAsked } from "../controls/find-key.ts";
import { leavesKeyboardBeside } from "../controls/leave-keyboard.ts";
import { Menu } from "../controls/popup.tsx";
import { takeKey } from "../controls/take-key.ts";
import { useFindBox } from "../controls/use-find-box.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import "./hex.css";
import { readOffset, readSought } from "./hex-selection.ts";
import { readRange } from "./read-range.ts";

/** What asks it to find something from outside. */
export interface ByteFinder {
  readonly ask: (asked: FindAsked) => void;
}

interface HexToolsProps {
  readonly finder: Ref<ByteFinder>;
  readonly frame: FrameIndex;
  readonly size: number;
  /** It is shown as a value too: `showValue` goes there from what is selected. */
  readonly hasValue: boolean;
  readonly showValue: (() => void) | undefined;
  readonly selection: { readonly from: number; readonly to: number } | null;
  readonly onSelect: (from: number, to: number) => void;
}

const PREVIOUS = <ArrowUp />;
const NEXT = <ArrowDown />;
const VALUE = <ListTree />;
const COPY = <Copy />;

const FORMAT_NAMES = { hex: "hex.copy-hex", base64: "hex.copy-base64", c: "hex.copy-c", javascript: "hex.copy-javascript", python: "hex.copy-python" } as const satisfies Readonly<Record<ByteFormat, Code>>;

/** Above the bytes: go to a place, find bytes or text, copy. */
export function HexTools({ finder, frame, size, hasValue, showValue, selection, onSelect }: HexToolsProps) {
  const { engine, clipboard } = useSession();
  const { words, tell } = useSpeaker();
  const [offset, setOffset] = useState("");
  const [text, setText] = useState("");
  const [said, setSaid] = useState<Told | null>(null);
  const running = useRef<Running<"findBytes"> | null>(null);
  const isWrongOffset = offset.trim() !== "" && readOffset(offset, size) === undefined;
  useEffect(() => () => running.current?.cancel(), []);

  function goTo(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    takeKey(event);
    const at = readOffset(offset, size);
    if (at !== undefined) onSelect(at, at + 1);
  }

  async function find(backwards: boolean): Promise<void> {
    const bytes = readSought(text);
    if (bytes.length === 0) return;
    running.current?.cancel();
    const ask = async (from: number): Promise<number | null> => {
      running.current = engine.run("findBytes", { frame, bytes, from, backwards });
      return await running.current.answer;
    };
    try {
      const from = selection === null ? (backwards ? size : 0) : backwards ? selection.from : selection.from + 1;
      const found = (await ask(from)) ?? (await ask(backwards ? size : 0));
      setSaid(found === null ? say("hex.not-found") : null);
      if (found !== null) onSelect(found, found + bytes.length);
    } catch (problem) {
      setSaid(toldBy(problem));
    }
  }

  const { box, ask, onKeyDown } = useFindBox(text, (backwards) => void find(backwards));
  useImperativeHandle(finder, () => ({ ask }));

  const copied = selection ?? { from: 0, to: size };
  return (
    <div ref={leavesKeyboardBeside} className="hex-tools" data-finds="" onKeyDown={onKeyDown}>
      <input
        className="hex-input hex-go"
        type="text"
        aria-label={words("hex.go-to")}
        aria-invalid={isWrongOffset}
        placeholder={words("hex.offset")}
        title={words("hex.go-to-about")}
        spellCheck={false}
        autoComplete="off"
        value={offset}
        onChange={({ target }) => setOffset(target.value)}
        onKeyDown={goTo}
      />
      <input
        ref={box}
        className="hex-input hex-find"
        type="text"
        aria-label={words("hex.find")}
        placeholder={words("hex.find-hint")}
        spellCheck={false}
        autoComplete="off"
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          setSaid(null);
        }}
      />
      <span className="hex-said" role="status" aria-label={words("hex.found")}>
        {said === null ? "" : tell(said)}
      </span>
      <Button name={words("hex.find-previous")} icon={PREVIOUS} onClick={() => void find(true)} />
      <Button name={words("hex.find-next")} icon={NEXT} onClick={() => void find(false)} />
      {hasValue && <Button name={words("hex.show-value")} title={words("hex.show-value-about")} icon={VALUE} reason={showValue === undefined ? words("hex.show-value-none") : null} onClick={showValue} />}
      <Menu container={document.querySelector("main")} trigger={<Button name={words("hex.copy")} title={words(selection === null ? "hex.copy-all" : "hex.copy-selected")} icon={COPY} />}>
        {BYTE_FORMATS.map((format) => (
          <DropdownMenu.Item
            key={format}
            className="menu-item"
            onSelect={() => void clipboard.copy(say("hex.copied", { n: copied.to - copied.from }), readRange(engine, frame, copied.from, copied.to).then((bytes) => formatBytes(bytes, format)))}
          >
            {words(FORMAT_NAMES[format])}
          </DropdownMenu.Item>
        ))}
      </Menu>
    </div>
  );
}
