import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readXml } from "../../../src/decode/xml/read-xml.ts";
import { toJson } from "../../../src/decode/value-json.ts";
import { bytesOf, decodeAll, received, UNKNOWN } from "../messages.ts";
import { told } from "../told.ts";

const json = (text: string): string => {
  const { document, problem } = readXml(bytesOf(text));
  expect(problem).toBeUndefined();
  return document === undefined ? "" : toJson(document);
};
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;").replaceAll(">", "&gt;");

describe("XML", () => {
  it("is a tree of attributes, elements and texts in their order", () => {
    expect(json('<?xml version="1.0"?>\n<!-- x --><order id="7" note=\'a "b"\'><item>tea</item><item>milk &amp; &#x4e2d;&#25991;</item>and <![CDATA[<b>]]><empty/></order>\n')).toBe(
      '{"order":{"@id":"7","@note":"a \\"b\\"","item":"tea","item":"milk & 中文","#text":"and ","#text":"<b>","empty":""}}',
    );
    expect(json('<s:a xmlns:s="urn:x"><s:b/></s:a>')).toBe('{"s:a":{"@xmlns:s":"urn:x","s:b":""}}');
  });

  it("is known by what only XML has, and named by its outermost element", () => {
    expect(told("xml", [received('<order id="7"><item>tea</item></order>'), received("<ping/>"), received("hello"), received("<broken>")])).toEqual(["event order", "event ping", "nobody", "nobody"]);
    for (const text of ["<message/>", "<3", "<b>bold</b>", "a < b > c", "<a><b></a></b>", "<a></a><b></b>"]) expect(decodeAll([received(text)])[0]?.decoder, text).not.toBe("xml");
    expect(decodeAll([received(bytesOf('<?xml version="1.0"?><a>1</a>'))])[0]).toMatchObject({ decoder: "xml", label: "a" });
  });

  it("expands nothing that a document declares", () => {
    const bomb = '<!DOCTYPE a [<!ENTITY x "xxxxxxxx"><!ENTITY y "&x;&x;">]><a><b>&y;&lt;</b></a>';
    expect(json(bomb)).toBe('{"a":{"b":"&y;<"}}');
  });

  it("says where it breaks", () => {
    const [message] = decodeAll([received("<é><a></b></é>")], UNKNOWN, { pinned: "xml" });
    expect(message).toMatchObject({ label: "not XML", kind: "error", problem: { offset: 7 } });
    expect(decodeAll([received("<a><b>")], UNKNOWN, { pinned: "xml" })[0]?.problem).toMatchObject({ said: { code: "decode.msgpack-ends" }, offset: 6 });
  });

  it("reads any text and attribute as it was written, and takes any bytes without a throw or a hang", () => {
    const anyText = fc.string({ unit: "grapheme", maxLength: 30 }).map((text) => text.replaceAll(/\p{Cc}/gu, " "));
    fc.assert(fc.property(anyText, anyText, (attribute, text) => { expect(JSON.parse(json(`<a x="${escaped(attribute)}"><b>${escaped(text)}</b></a>`))).toEqual({ a: { "@x": attribute, b: text } }); }));
    const piece = fc.constantFrom("<a>", "</a>", "<b x='1'>", "</b>", "<", ">", "&", "&#x110000;", "<!--", "-->", "<![CDATA[", "]]>", "<?", "?>", "<!DOCTYPE", "[", "]", "x", " ", '"', "=");
    fc.assert(fc.property(fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join("")), (text) => { decodeAll([received(text)]); decodeAll([received(text)], UNKNOWN, { pinned: "xml" }); }));
    for (const many of ["<a>".repeat(50_000), `<!DOCTYPE ${"[".repeat(50_000)}`, `<a ${"x".repeat(200_000)}`, `<!--${"-".repeat(200_000)}`]) decodeAll([received(many)], UNKNOWN, { pinned: "xml" });
  });
});
