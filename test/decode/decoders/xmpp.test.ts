import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeAll, received, sent, UNKNOWN, valueOf } from "../messages.ts";
import { connectionTo, told } from "../told.ts";

const XMPP = connectionTo("wss://chat.test/ws", "xmpp");

describe("XMPP", () => {
  it("pairs an iq with its result, and tells stanzas from the framing", () => {
    expect(
      told("xmpp", [
        sent('<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="chat.test" version="1.0"/>'),
        received('<stream:features xmlns:stream="http://etherx.jabber.org/streams"><mechanisms/></stream:features>'),
        sent('<iq type="set" id="b1" xmlns="jabber:client"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></iq>'),
        received("<iq type='result' id='b1'><bind><jid>a@chat.test/x</jid></bind></iq>"),
        received('<message from="b@chat.test/y" type="chat"><body>hi</body></message>'),
        received('<iq type="error" id="b2" from="chat.test"><error type="cancel"/></iq>'),
        received('<presence from="b@chat.test"/>'),
        sent(" "),
      ], XMPP),
    ).toEqual(["control open @chat.test", "control features", "request iq bind #b1", "answer iq bind ←b1", "event message @b@chat.test/y", "error iq error ←b2 @chat.test", "event presence @b@chat.test", "heartbeat whitespace"]);
  });

  it("has a stanza as a tree, and as a text what is no whole element", () => {
    const [iq, broken, space] = decodeAll([sent('<iq type="get" id="b1"><ping xmlns="urn:xmpp:ping"/></iq>'), received("<message><body>hi"), sent(" ")], XMPP);
    expect(valueOf(iq)).toEqual({ iq: { "@type": "get", "@id": "b1", ping: { "@xmlns": "urn:xmpp:ping" } } });
    expect([valueOf(broken), valueOf(space)]).toEqual(["<message><body>hi", " "]);
  });

  it("is known from its framing, and takes any text without a throw", () => {
    expect(told("xmpp", [sent('<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="chat.test" version="1.0"/>')])).toEqual(["control open @chat.test"]);
    expect(told("xmpp", [sent("<open>"), sent("<message/>")])).toEqual(["nobody", "nobody"]);
    fc.assert(fc.property(fc.string(), (text) => { decodeAll([received(text)], XMPP); decodeAll([received(text)], UNKNOWN, { pinned: "xmpp" }); }));
  });
});
