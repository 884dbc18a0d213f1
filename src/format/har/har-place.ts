/** Where in a HAR it is read: `log.entries[3]._webSocketMessages[17].time`. */
export class HarPlace {
  #entry = -1;
  #list = "";
  #message = -1;
  #field = "";

  entry(place: number): void {
    this.#entry = place;
    this.list("");
  }

  list(name: string): void {
    this.#list = name;
    this.#message = -1;
    this.#field = "";
  }

  message(place: number): void {
    this.#message = place;
    this.#field = "";
  }

  field(name: string): void {
    this.#field = name;
  }

  /** `field`: of what is read; left out: the one that was read last. */
  path(field = this.#field): string {
    const entry = this.#entry < 0 ? "log.entries" : `log.entries[${this.#entry}]`;
    const list = this.#list === "" ? "" : `.${this.#list}`;
    const message = this.#message < 0 ? "" : `[${this.#message}]`;
    return `${entry}${list}${message}${field === "" ? "" : `.${field}`}`;
  }
}
