import type { ReactNode } from "react";
import "./controls.css";
import { leavesKeyboardToTable } from "./leave-keyboard.ts";
import { SpokenStatus } from "./spoken-status.tsx";

interface NoticeBarProps {
  /** The accessible name of its region. */
  readonly name: string;
  readonly icon: ReactNode;
  readonly text: string;
  /** Buttons: what to do about it. */
  readonly children: ReactNode;
}

/** Says something across the whole width that the user may do something about. */
export function NoticeBar({ name, icon, text, children }: NoticeBarProps) {
  return (
    <section ref={leavesKeyboardToTable} className="notice-bar" aria-label={name}>
      {icon}
      <SpokenStatus text={text} />
      {children}
    </section>
  );
}
