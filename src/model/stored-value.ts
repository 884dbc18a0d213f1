/** What the browser holds for a page: a cookie, or an entry of the page's own storage. */
export interface StoredValue {
  readonly in: StoredIn;
  readonly name: string;
  readonly value: string;
}

export type StoredIn = "localStorage" | "sessionStorage" | "cookie";
