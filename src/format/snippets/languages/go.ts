import type { Tell } from "../../../model/said.ts";
import { isBytes, type Data, type GivenSecret, type HeardSecret, type Phrase, type Source, type Variable } from "../script.ts";
import { escaped, hex, joined, oneLine } from "./literal.ts";

/** https://go.dev/ref/spec#String_literals: raw where that is easier to read. A half of a pair is no character there. */
export function goText(text: string): string {
  const isRaw = text.includes('"') || text.includes("\\");
  if (isRaw && /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]*$/u.test(text) && !text.includes("`")) return `\`${text}\``;
  return `"${escaped(text, '"', escapeChar)}"`;
}

function escapeChar(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  if (code >= 0xd800 && code <= 0xdfff) return "\\ufffd";
  return SHORT.get(char) ?? (code < 0x80 ? `\\x${hex(char, 2)}` : code < 0x10000 ? `\\u${hex(char, 4)}` : `\\U${hex(char, 8)}`);
}

const SHORT = new Map([["\n", "\\n"], ["\r", "\\r"], ["\t", "\\t"]]);

/** gofmt leaves no space around `+` among the arguments of a call, and in a comparison. */
export const goPhrase = (phrase: Phrase, plus = "+"): string => joined(phrase, goText, goName, plus);

export const goData = (data: Data): string => (isBytes(data) ? `[]byte("${Array.from(data, goByte).join("")}")` : `[]byte(${goPhrase(data)})`);

const goByte = (byte: number): string => (byte >= 0x20 && byte < 0x7f && byte !== 0x22 && byte !== 0x5c ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`);

/** `ACCESS_TOKEN` becomes `accessToken`; `TOKEN_2` is another than `TOKEN2`. */
export function goName({ name }: Pick<Variable, "name">): string {
  const camel = name.toLowerCase().replace(/_+([a-z])/g, (_, next: string) => next.toUpperCase());
  return TAKEN.has(camel) || !/^[a-z]/.test(camel) ? `secret${camel.charAt(0).toUpperCase()}${camel.slice(1)}` : camel;
}

/** Keywords, what is declared everywhere, and what the script itself names. */
const TAKEN = new Set(
  "break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var any append bool byte cap clear close comparable complex complex64 complex128 copy delete error false float32 float64 imag int int8 int16 int32 int64 iota len make max min new nil panic print println real recover rune string true uint uint8 uint16 uint32 uint64 uintptr context fmt http log os time websocket conn ctx env err kind main message send init url body io json strings ask at lookUp between cut cookie escape unescape answer cookies value".split(" "),
);

/** What asks for secrets anew, and what takes them from messages: lines of `main`, the packages that they take, and the functions behind them. As gofmt writes it. */
export interface GoSecrets {
  /** Before the connection is opened. */
  readonly asking: readonly string[];
  /** Of what reads messages: where one is text. */
  readonly hearing: readonly string[];
  readonly imports: readonly string[];
  readonly functions: readonly string[];
}

export function goSecrets(sources: readonly Source[], heard: readonly HeardSecret[], tell: Tell): GoSecrets {
  const asking = [...sources.flatMap((source, i) => askLines(source, i, tell)), ...heard.flatMap(({ variable }) => [`\t// ${oneLine(tell(variable.about))}`, `\tvar ${goName(variable)} string`, `\t${goHere(variable)} := make(chan struct{})`, ""])];
  const hearing = heard.flatMap((one) => hearLines(one, tell));
  const code = [...asking, ...hearing];
  const used = Object.entries(HELPERS).filter(([name, helper]) => {
    const isCalled = code.some((lines) => new RegExp(`[ (]${name}\\(`).test(lines.replaceAll(`func ${name}(`, "")));
    if (isCalled) code.push(helper.code);
    return isCalled;
  });
  return { asking, hearing, imports: used.flatMap(([, { imports }]) => imports), functions: used.flatMap(([, helper]) => ["", helper.code]) };
}

function askLines({ method, url, headers, body, given }: Source, i: number, tell: Tell): string[] {
  const [answer, cookies] = [`answer${i + 1}`, `cookies${i + 1}`];
  const isIn = (place: "cookie" | "body"): boolean => given.some((one) => (one.place.in === "cookie") === (place === "cookie"));
  const header = headers.map(({ name, value }) => `${goText(name)}: {${goPhrase(value, " + ")}}`).join(", ");
  return [
    ...given.flatMap(({ from }) => from.map((told) => `\t// ${oneLine(tell(told))}`)),
    `\t${isIn("body") ? answer : "_"}, ${isIn("cookie") ? cookies : "_"} := ask(${goText(method)}, ${goPhrase(url)}, ${body === null ? '""' : goPhrase(body)}, http.Header{${header}})`,
    ...given.flatMap((one) => [`\t// ${oneLine(tell(one.variable.about))}`, `\t${goName(one.variable)} := ${goValue(one, answer, cookies)}`]),
    "",
  ];
}

function hearLines({ variable, place, from }: HeardSecret, tell: Tell): string[] {
  if (place.in === "cookie") return [];
  const parameters = place.in === "json" ? place.path.map((step) => (typeof step === "number" ? String(step) : goText(step))) : [goText(place.before), goText(place.after)];
  const name = goName(variable);
  return [
    ...from.map((told) => `\t\t\t// ${oneLine(tell(told))}`),
    `\t\t\tif value := ${place.in === "json" ? "lookUp" : "cut"}(${["string(message)", ...parameters].join(", ")}); value != "" && ${name} == "" {`,
    `\t\t\t\t${name} = value`,
    `\t\t\t\tclose(${goHere(variable)})`,
    "\t\t\t}",
  ];
}

/** Before a message is sent: waits for secrets that the server tells. */
export const goWaits = (heard: readonly HeardSecret[]): string[] => heard.map(({ variable }) => `<-${goHere(variable)}`);

const goHere = (variable: Pick<Variable, "name">): string => `${goName(variable)}IsHere`;

function goValue({ place, isEncoded }: GivenSecret, answer: string, cookies: string): string {
  const value =
    place.in === "json"
      ? `at(${[answer, ...place.path.map((step) => (typeof step === "number" ? String(step) : goText(step)))].join(", ")})`
      : place.in === "text"
        ? `between(${answer}, ${goText(place.before)}, ${goText(place.after)})`
        : place.isEncoded
          ? `unescape(cookie(${cookies}, ${goText(place.name)}))`
          : `cookie(${cookies}, ${goText(place.name)})`;
  return isEncoded ? `escape(${value})` : value;
}

/** One that calls another stands before that. */
const HELPERS: Readonly<Record<string, { readonly imports: readonly string[]; readonly code: string }>> = {
  ask: {
    imports: ["io", "net/http", "strings"],
    code: `func ask(method, address, body string, header http.Header) (string, []*http.Cookie) {
	request, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		log.Fatal(err)
	}
	request.Header = header
	// An answer that sends on may set a cookie: nobody goes there.
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer response.Body.Close()
	if response.StatusCode >= 400 {
		log.Fatalf("%s %s", response.Status, address)
	}
	text, err := io.ReadAll(response.Body)
	if err != nil {
		log.Fatal(err)
	}
	return string(text), response.Cookies()
}`,
  },
  at: {
    imports: [],
    code: `func at(text string, path ...any) string {
	value := lookUp(text, path...)
	if value == "" {
		log.Fatalf("nothing stands at %v", path)
	}
	return value
}`,
  },
  lookUp: {
    imports: ["encoding/json", "strings"],
    code: `func lookUp(text string, path ...any) string {
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return ""
	}
	for _, step := range path {
		object, _ := value.(map[string]any)
		list, _ := value.([]any)
		value = nil
		switch key := step.(type) {
		case string:
			value = object[key]
		case int:
			if key < len(list) {
				value = list[key]
			}
		}
	}
	if value == nil {
		return ""
	}
	return fmt.Sprint(value)
}`,
  },
  between: {
    imports: [],
    code: `func between(text, before, after string) string {
	value := cut(text, before, after)
	if value == "" {
		log.Fatalf("%s is not there", before)
	}
	return value
}`,
  },
  cut: {
    imports: ["strings"],
    code: `func cut(text, before, after string) string {
	_, rest, _ := strings.Cut(text, before)
	value, _, _ := strings.Cut(rest, after)
	return value
}`,
  },
  cookie: {
    imports: ["net/http"],
    code: `func cookie(cookies []*http.Cookie, name string) string {
	for _, one := range cookies {
		if one.Name == name {
			return one.Value
		}
	}
	log.Fatalf("no cookie %s is set", name)
	return ""
}`,
  },
  escape: {
    imports: ["net/url", "strings"],
    code: `func escape(value string) string {
	return strings.ReplaceAll(url.QueryEscape(value), "+", "%20")
}`,
  },
  unescape: {
    imports: ["net/url"],
    code: `func unescape(value string) string {
	text, err := url.PathUnescape(value)
	if err != nil {
		log.Fatal(err)
	}
	return text
}`,
  },
};
