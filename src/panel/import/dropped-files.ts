type Take = (files: readonly File[]) => void;

/** That many wait at most until somebody takes them. */
const MOST_WAITING = 1000;

/**
 * Files that are dropped on a page. What comes before anybody takes them is kept until then. Where nobody will, or too many
 * wait, the pointer says over the page that none can be dropped, and Chrome drops none.
 */
export class DroppedFiles {
  readonly #waiting: File[] = [];
  readonly #ended = new AbortController();
  #take: Take | undefined;
  #isRefusing = false;

  /** `page`: its window. */
  constructor(page: Pick<Window, "addEventListener">) {
    const { signal } = this.#ended;
    page.addEventListener("dragover", (event) => this.#over(event), { signal });
    page.addEventListener("drop", (event) => this.#drop(event), { signal });
  }

  /** Hands over those that wait, and all that come from now on. Answers how to end it; then none can be dropped until somebody else takes them. */
  takeBy(take: Take): () => void {
    this.#take = take;
    this.#isRefusing = false;
    const waiting = this.#waiting.splice(0);
    if (waiting.length > 0) take(waiting);
    return () => {
      if (this.#take !== take) return;
      this.#take = undefined;
      this.refuse();
    };
  }

  /** Nobody is about to take any: from now on none can be dropped, until somebody does. */
  refuse(): void {
    this.#isRefusing = true;
  }

  /** Hears of no more, and lets those go that wait. */
  end(): void {
    this.#ended.abort();
    this.#waiting.length = 0;
  }

  #over(event: DragEvent): void {
    if (event.dataTransfer?.types.includes("Files") !== true) return;
    event.preventDefault();
    const isWelcome = this.#take !== undefined || (!this.#isRefusing && this.#hasRoomFor(event.dataTransfer.items.length));
    event.dataTransfer.dropEffect = isWelcome ? "copy" : "none";
  }

  #drop(event: DragEvent): void {
    if (event.dataTransfer === null || event.dataTransfer.files.length === 0) return;
    // Without this, the file takes the page's place.
    event.preventDefault();
    const files = [...event.dataTransfer.files];
    // While the pointer said that they can be dropped, who took them may have ended.
    if (this.#take !== undefined) this.#take(files);
    else if (this.#hasRoomFor(files.length)) this.#waiting.push(...files);
  }

  #hasRoomFor(count: number): boolean {
    return this.#waiting.length + count <= MOST_WAITING;
  }
}

let ofPage: DroppedFiles | undefined;

/** This page's. The first call begins to listen. */
export const droppedFiles = (): DroppedFiles => (ofPage ??= new DroppedFiles(window));
