import { Component, type ReactNode } from "react";
import { Button } from "./button.tsx";

interface BoundaryProps {
  /** What cannot be drawn, as the subject of a sentence. */
  readonly name: string;
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly problem: string | null;
}

/** Keeps a part of the screen that throws from taking the rest with it. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override readonly state: BoundaryState = { problem: null };

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { problem: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { problem } = this.state;
    if (problem === null) return this.props.children;
    return (
      <div className="notice" role="alert">
        <p>
          {this.props.name} could not be drawn: {problem}
        </p>
        <Button name="Draw again" text="Draw again" look="plain" onClick={() => this.setState({ problem: null })} />
      </div>
    );
  }
}
