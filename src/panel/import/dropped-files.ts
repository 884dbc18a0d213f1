type Take = (files: readonly File[]) => void;

/** Files that are dropped on a page: what comes before anybody takes them is kept until then. */
export class DroppedFiles {
  readonly #waiting: File[] = [];
  #take: Take | undefined;

  /** `page`: its window. */
  constructor(page: Pick<Window, "addEventListener">) {
    page.addEventListener("dragover", allowFiles);
    page.addEventListener("drop", (event) => this.#drop(event));
  }

  /** Hands over those that wait, and all that come from now on. Answers how to end it. */
  takeBy(take: Take): () => void {
    this.#take = take;
    const waiting = this.#waiting.splice(0);
    if (waiting.length > 0) take(waiting);
    return () => {
      if (this.#take === take) this.#take = undefined;
    };
  }

  #drop(event: DragEvent): void {
    if (event.dataTransfer === null || event.dataTransfer.files.length === 0) return;
    // Without this, the file takes the page's place.
    event.preventDefault();
    const files = [...event.dataTransfer.files];
    if (this.#take === undefined) this.#waiting.push(...files);
    else this.#take(files);
  }
}

function allowFiles(event: DragEvent): void {
  if (event.dataTransfer?.types.includes("Files") !== true) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "copy";
}

let ofPage: DroppedFiles | undefined;

/** This page's. The first call begins to listen. */
export const droppedFiles = (): DroppedFiles => (ofPage ??= new DroppedFiles(window));
