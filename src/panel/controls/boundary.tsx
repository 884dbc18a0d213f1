import { Component, type ReactNode } from "react";
import { Refusal } from "../../model/refusal.ts";
import type { Code, Told } from "../../model/said.ts";
import { useSession } from "../state/session-context.ts";
import { useSpeaker } from "../state/speaker-context.ts";
import { Button } from "./button.tsx";
import { leavesKeyboardBeside } from "./leave-keyboard.ts";

interface BoundaryProps {
  /** What is said where it cannot be drawn. */
  readonly broken: Extract<Code, `panel.${string}broken`>;
  readonly children: ReactNode;
}

interface BoundaryState {
  /** `bug`: one is counted where React tells it, and is never told in a platform's words. */
  readonly problem: { readonly told: Told } | "bug" | null;
}

/** Keeps a part of the screen that throws from taking the rest with it. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override readonly state: BoundaryState = { problem: null };

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { problem: error instanceof Refusal ? { told: error.told } : "bug" };
  }

  override render(): ReactNode {
    const { problem } = this.state;
    if (problem === null) return this.props.children;
    return <Broken broken={this.props.broken} problem={problem} onAgain={() => this.setState({ problem: null })} />;
  }
}

interface BrokenProps {
  readonly broken: BoundaryProps["broken"];
  readonly problem: NonNullable<BoundaryState["problem"]>;
  readonly onAgain: () => void;
}

function Broken({ broken, problem, onAgain }: BrokenProps) {
  const session = useSession();
  const { words } = useSpeaker();
  const isBug = problem === "bug";
  return (
    <div ref={leavesKeyboardBeside} className="notice" role="alert">
      <p>{words(broken, { problem: isBug ? words("panel.internal-error") : problem.told })}</p>
      {isBug && <p>{words("panel.capture-is-kept")}</p>}
      <div className="notice-buttons">
        <Button name={words("panel.draw-again")} text={words("panel.draw-again")} look="plain" onClick={onAgain} />
        {isBug && <Button name={words("status.copy-report")} text={words("status.copy-report")} look="plain" onClick={() => session.copyFaults()} />}
      </div>
    </div>
  );
}
