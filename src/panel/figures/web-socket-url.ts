/** A connection's URL in the parts that the view shows apart. */
export interface UrlParts {
  readonly host: string;
  /** Path and query. */
  readonly path: string;
}

export function splitUrl(url: string): UrlParts {
  const parsed = URL.parse(url);
  return parsed === null ? { host: "", path: url } : { host: parsed.host, path: parsed.pathname + parsed.search };
}
