import { decode as decodeMessagePack, encode as encodeMessagePack } from "@msgpack/msgpack";
import { decode as decodeCbor, encode as encodeCbor } from "cborg";
import { deflateSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Redaction } from "../../../src/format/redact/redaction.ts";
import { kindOfName } from "../../../src/format/redact/secret-names.ts";
import { SECRET_KINDS } from "../../../src/format/redact/registry.ts";
import { say } from "../../../src/model/said.ts";
import { aConnection, headers } from "../../model/a-connection.ts";
import { someOf } from "../../some-of.ts";

const mask = (redaction: Redaction, text: string): string => Buffer.from(redaction.bytes(Buffer.from(text), true)).toString();

describe("a mask", () => {
  it("is as long as the secret, and the same for the same secret, everywhere", () => {
    const redaction = new Redaction();
    expect(mask(redaction, '{"password":"correct horse battery"}')).toBe('{"password":"‹password-1*****›"}');
    expect(mask(redaction, '{"password":"another one, of the kind"}')).toBe('{"password":"‹password-2********›"}');
    expect(mask(redaction, 'x=1&token=abcdefgh&secret="correct horse battery"')).toBe('x=1&token=‹1*›&secret="‹password-1*****›"');
  });

  it("has no number where that has no room", () => {
    expect(mask(new Redaction(), '{"password":"abc","passwd":"abcdefg","otp":5,"cvv":12,"cvc":123}')).toBe('{"password":"***","passwd":"‹2›","otp":0,"cvv":"","cvc":"*"}');
  });

  it("leaves length, the rest of the bytes and valid JSON as they were, and is no secret itself", () => {
    const key = fc.constantFrom("password", "token", "apiKey", "id", "text", "card", "pan", "otp", "mail", "data");
    const value = fc.oneof(fc.string(), fc.integer(), fc.constantFrom("4242424242424242", "eve@mail.example", "tok_9f8e7d6c5b", "geheim größer"), fc.constant(4_242_424_242_424_242));
    const json = fc.letrec<{ value: unknown }>((tie) => ({ value: fc.oneof({ depthSize: "small" }, value, fc.array(tie("value"), { maxLength: 4 }), fc.dictionary(key, tie("value"), { maxKeys: 4 })) })).value;
    fc.assert(
      fc.property(json, (document) => {
        const before = Buffer.from(JSON.stringify({ document, inner: JSON.stringify([document]) }));
        const redaction = new Redaction();
        const after = Buffer.from(redaction.bytes(before, true));
        expect(after.length).toBe(before.length);
        const parsed = JSON.parse(after.toString()) as { document: unknown; inner: string };
        expect(JSON.stringify(shapeOf(parsed.document))).toBe(JSON.stringify(shapeOf(document)));
        JSON.parse(parsed.inner);
        expect(new Redaction().bytes(after, true)).toBe(after);
      }),
      { numRuns: 300 },
    );
  });

  it("of a field of MessagePack or CBOR leaves all else as it was, wherever the field stands", () => {
    const plain = fc.constantFrom("id", "text", "price", "user", "data");
    const sure = fc.constantFrom("password", "access_token", "apiKey", "session_id", "clientSecret");
    // Whoever looks at bytes alone takes letters that read as a name behind its length in CBOR for that, and an `@` of whatever between two fields for an address.
    const unit = fc.constantFrom(...Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)), "é", "密", "\u0000");
    const readsAsNoName = (text: string): boolean => Array.from(text, (head, i) => text.slice(i + 1, i + 1 + (head.charCodeAt(0) & 0x1f))).every((name) => kindOfName(name) === undefined);
    const secret = fc.oneof(fc.string({ unit, minLength: 8, maxLength: 60 }).filter(readsAsNoName).map((text) => `s${text}?ecret`), fc.uint8Array({ minLength: 8, maxLength: 40 }).map((bytes) => Uint8Array.of(1, ...bytes)), fc.integer({ min: 70_000, max: 2 ** 31 - 1 }));
    const value = fc.oneof(fc.string({ unit, maxLength: 20 }).filter(readsAsNoName).map((text) => `${text}?`), fc.integer(), fc.constant(null), fc.array(fc.integer(), { maxLength: 3 }));
    const writers = [(document: unknown): Uint8Array => encodeMessagePack(document), (document: unknown): Uint8Array => encodeCbor(document)] as const;
    const readers = [(bytes: Uint8Array): unknown => decodeMessagePack(bytes), (bytes: Uint8Array): unknown => decodeCbor(bytes)] as const;
    fc.assert(
      fc.property(fc.dictionary(plain, value), sure, secret, fc.dictionary(plain, value), fc.nat(1), fc.boolean(), (before, name, hidden, after, form, isListed) => {
        const document = { before, inner: [{ [name]: isListed ? [hidden] : hidden }], after, bytes: Uint8Array.of(0xff, 0xfe) };
        const packed = Buffer.concat([Buffer.of(0xff, 0x00), (writers[form] as (typeof writers)[0])(document)]);
        fc.pre(!packed.includes("@"));
        const masked = Buffer.from(new Redaction().bytes(packed, false));
        expect(masked.length).toBe(packed.length);
        const read = (readers[form] as (typeof readers)[0])(Uint8Array.from(masked.subarray(2))) as typeof document;
        expect({ ...read, inner: [] }).toEqual({ ...document, inner: [] });
        expect(read.inner[0]?.[name]).not.toEqual(document.inner[0]?.[name]);
        expect(masked.toString("latin1")).not.toContain(typeof hidden === "string" ? Buffer.from(hidden).toString("latin1") : "never");
        const again = new Redaction();
        again.bytes(masked, false);
        expect(again.counts()).toEqual([]);
      }),
      { numRuns: someOf(10_000) },
    );
  });

  it("of a field of CBOR is of no bytes that are no text, though letters before them read as its name", () => {
    // `cVC` behind the length of a text of three letters, and `v` for one of 22, in which a field of MessagePack has a secret.
    const document = { before: { id: "ccVCv?" }, inner: [{ password: Uint8Array.of(1, ...Buffer.alloc(8)) }], bytes: Uint8Array.of(0xff, 0xfe) };
    const masked = Uint8Array.from(new Redaction().bytes(Buffer.concat([Buffer.of(0xff, 0x00), encodeMessagePack(document)]), false));
    expect(decodeMessagePack(masked.subarray(2))).toMatchObject({ before: document.before, bytes: document.bytes });
  });

  it("of a field is found in time however long the value says that it is", { timeout: 20_000 }, () => {
    const lone = (head: string): Uint8Array => Buffer.concat([Buffer.of(0xff, 0x00, 0xa1, 0x68), Buffer.from("password"), Buffer.from(head, "hex"), Buffer.from("abcdefgh")]);
    for (const head of ["7b", "7bffffffffffffffff", "7a3fffffff", "7affffffff", "79ffff", "5bffffffffffffffff", "9bffffffffffffffff"]) expect(new Redaction().bytes(lone(head), false).length).toBe(lone(head).length);
    // Each says that all that follows is its value.
    const field = 5 + 1 + 5;
    const many = Buffer.alloc(field * 100_000, 0x20);
    for (let at = 0; at < many.length; at += field) {
      many.write("etokenz", at, "latin1");
      // Bytes of a length that are letters too.
      for (let i = 0, left = many.length - at - field; i < 4; i++) many[at + 10 - i] = (left >> (8 * i)) & 0x7f;
    }
    many[many.length - 1] = 0xff;
    expect(new Redaction().bytes(many, false).length).toBe(many.length);
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.uint8Array({ maxLength: 12 }), fc.constantFrom("etoken", "hpassword", "\u00a5token", "z\u007f\u007f\u007f\u007f", "{", "z", "x", "\u00db").map((text) => Buffer.from(text, "latin1"))), { maxLength: 12 }), (parts) => {
        const bytes = Buffer.concat([Buffer.of(0xff), ...parts]);
        expect(new Redaction().bytes(bytes, false).length).toBe(bytes.length);
      }),
      { numRuns: 2000 },
    );
  });

  it("is of the whole message where that is compressed, also behind a head; one without a secret stays as it is", () => {
    const secret = JSON.stringify({ op: "login", password: "correct horse battery" });
    const plain = JSON.stringify({ op: "tick", px: 64_000 });
    for (const pack of [gzipSync, deflateSync]) {
      for (const head of [Buffer.alloc(0), Buffer.alloc(16, 1)]) {
        const redaction = new Redaction();
        const packed = Buffer.concat([head, pack(secret)]);
        const masked = Buffer.from(redaction.bytes(packed, false));
        expect(masked.length).toBe(packed.length);
        expect(masked.toString()).toMatch(/^‹password-1\*+›$/);
        expect(mask(redaction, secret)).toContain("‹password-1");
        const other = Buffer.concat([head, pack(plain)]);
        expect(redaction.bytes(other, false)).toBe(other);
        expect(new Redaction(new Set(["password"])).bytes(packed, false)).toBe(packed);
      }
    }
  });

  it("is of what only looks as if it were compressed, too", () => {
    const field = Buffer.from("\u00a8password\u00a8geheim!!", "latin1");
    // Two bytes that are a zlib header too, after as many as a vendor may put before one, and an empty block.
    const packed = Buffer.concat([Buffer.alloc(16, 0x31), Buffer.of(0x58, 0xc3, 1, 0, 0, 0xff, 0xff), field]);
    expect(Buffer.from(new Redaction().bytes(packed, false)).toString("latin1")).not.toContain("geheim");
  });

  it("of binary keeps every length", () => {
    const bytes = Buffer.concat([Buffer.of(0x81, 0xa1, 0x6b, 0xd9, 36), Buffer.from("sk-abcdefgh0123456789ABCDEFGH01234567"), Buffer.of(0xff)]);
    const masked = Buffer.from(new Redaction().bytes(bytes, false));
    expect(masked.length).toBe(bytes.length);
    expect(masked.subarray(0, 5)).toEqual(bytes.subarray(0, 5));
    expect(masked.includes("sk-abc")).toBe(false);
  });
});

describe("a redaction", () => {
  it("masks a connection wherever a secret stands in it, and leaves out headers that are nothing else", () => {
    const connection = aConnection(
      { url: "wss://a:b@x.test/?token=tok-0123456789ab&room=1", ending: say("format.ending", { ending: "wss://x.test/?token=tok-0123456789ab" }) },
      { requestHeaders: headers("Cookie: sid=1", "Authorization: Bearer tok-0123456789ab", "Origin: https://x.test", "Sec-WebSocket-Protocol: token, tok-0123456789ab") },
    );
    const redaction = new Redaction();
    const masked = redaction.connection(connection);
    expect(JSON.stringify(masked)).not.toContain("tok-0123456789ab");
    expect(masked.url).toBe("wss://***@x.test/?token=‹token-1***›&room=1");
    expect(masked.transport === "websocket" && masked.handshake.requestHeaders.map(({ name, value }) => `${name}: ${value}`)).toEqual(["Origin: https://x.test", "Sec-WebSocket-Protocol: token, ‹token-1***›"]);
    expect(masked.ending).toEqual(say("format.ending", { ending: "wss://x.test/?token=‹token-1***›" }));
    expect(redaction.counts().map(({ kind, found, distinct }) => [kind, found, distinct])).toEqual([
      ["cookie", 1, 1],
      ["password", 1, 1],
      ["credentials", 1, 0],
      ["token", 3, 1],
    ]);
  });

  it("keeps what it is told to keep, and counts it all the same", () => {
    const redaction = new Redaction(new Set(["email", "cookie"]));
    expect(mask(redaction, '{"mail":"eve@mail.example","password":"correct horse"}')).toBe('{"mail":"eve@mail.example","password":"‹1******›"}');
    expect(redaction.connection(aConnection({}, { requestHeaders: headers("Cookie: sid=1") }))).toMatchObject({ handshake: { requestHeaders: [{ name: "Cookie", value: "sid=1" }] } });
    expect(redaction.counts().map(({ kind }) => kind)).toEqual(["cookie", "password", "email"]);
  });
});

it("masks values that somebody calls secret wherever they stand, whatever they are called", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("hunter", "hunter2!", "x", '"', "{", "ü"), { maxLength: 12 }), fc.boolean(), (pieces, isText) => {
      const redaction = new Redaction(new Set(), ["hunter2!", "hunter"]);
      const text = pieces.join("");
      for (const masked of [Buffer.from(redaction.bytes(Buffer.from(text), isText)).toString(), redaction.text(text)]) {
        expect(masked).not.toContain("hunter");
        expect(Buffer.byteLength(masked)).toBe(Buffer.byteLength(text));
      }
    }),
  );
  const { url, ...connection } = new Redaction(new Set(), ["my-own-1"]).connection(aConnection({ url: "wss://x.test/my-own-1?a=my-own-1" }, { requestHeaders: headers("X-Any: is my-own-1") }));
  expect(url).toBe("wss://x.test/‹1*›?a=‹1*›");
  expect(connection).toMatchObject({ handshake: { requestHeaders: [{ name: "X-Any", value: "is ‹1*›" }] } });
});

it("each kind has an id of letters and another name than the others", () => {
  for (const { id } of SECRET_KINDS) expect(id).toMatch(/^[a-z]+$/);
  expect(new Set(SECRET_KINDS.map(({ said }) => said.code)).size).toBe(SECRET_KINDS.length);
});

/** What stays of a document: its keys and what contains what. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value === "object" && value !== null) return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, shapeOf(one)]));
  return "scalar";
}
