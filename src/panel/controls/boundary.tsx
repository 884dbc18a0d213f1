import { Component, type ContextType, type ReactNode } from "react";
import { Refusal } from "../../model/refusal.ts";
import { say, type Code, type Told } from "../../model/said.ts";
import { SpeakerContext } from "../state/speaker-context.ts";
import { Button } from "./button.tsx";

interface BoundaryProps {
  /** What is said where it cannot be drawn. */
  readonly broken: Extract<Code, `panel.${string}broken`>;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly problem: Told | null;
}

/** Keeps a part of the screen that throws from taking the rest with it. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  static override readonly contextType = SpeakerContext;
  declare context: ContextType<typeof SpeakerContext>;
  override readonly state: BoundaryState = { problem: null };

  static getDerivedStateFromError(error: unknown): BoundaryState {
    // A bug is counted where React tells it, and is never told in a platform's words.
    return { problem: error instanceof Refusal ? error.told : say("panel.internal-error") };
  }

  override render(): ReactNode {
    const { problem } = this.state;
    if (problem === null) return this.props.children;
    const words = this.context?.words;
    if (words === undefined) return null;
    return (
      <div className="notice" role="alert">
        <p>{words(this.props.broken, { problem })}</p>
        <Button name={words("panel.draw-again")} text={words("panel.draw-again")} look="plain" onClick={() => this.setState({ problem: null })} />
      </div>
    );
  }
}
