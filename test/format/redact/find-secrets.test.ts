import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findSecrets } from "../../../src/format/redact/find-secrets.ts";
import { findInHeader, findInText } from "../../../src/format/redact/find-in-headers.ts";

const JWT = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";

const told = (text: string): readonly string[] => {
  const bytes = Buffer.from(text);
  return findSecrets(bytes).map(({ kind, from, to }) => `${kind} ${bytes.subarray(from, to).toString()}`);
};

describe("in text", () => {
  it.each([
    ['{"password":"hunter2"}', "password hunter2"],
    ['{"user":{"newPassword" : "a\\"b\\\\"},"x":1}', 'password a\\"b\\\\'],
    ['{"api_key":"k-1","apiSecret":"s"}', "key k-1", "key s"],
    ['42["login",{"passwd":"p"}]', "password p"],
    ['{"arguments":["x"],"access_token":"abc"}\u001e{"otp":123456}\u001e', "token abc", "password 123456"],
    ['{"data":"{\\"password\\":\\"pq\\"}"}', "password pq"],
    ['{"data":"{\\"d\\":\\"{\\\\\\"password\\\\\\":\\\\\\"pq\\\\\\"}\\"}"}', "password pq"],
    ['{"tokens":1,"refreshToken":["a1","b2"]}', "token a1", "token b2"],
    [`{"jwt":"${JWT}"}`, `jwt ${JWT}`],
    [`{"authorization":"Bearer ${JWT}"}`, `jwt ${JWT}`],
    ['{"cmd":"login","token":"tok_9f8e7d6c5b"}', "token tok_9f8e7d6c5b"],
    ['{"op":"auth","args":["sk-proj-abcdEFGH1234ijklMNOP5678"]}', "key sk-proj-abcdEFGH1234ijklMNOP5678"],
    ["CONNECT\naccept-version:1.2\npasscode:guest-pass\nAuthorization:Bearer abc.def\n\n\0", "password guest-pass", "credentials abc.def"],
    ["Host: x.test\r\nAuthorization:\tBasic Ym9iOmh1bnRlcjI=\r\n\r\n", "credentials Ym9iOmh1bnRlcjI="],
    ["Authorization: \t Basic\tYm9iOmh1bnRlcjI=", "credentials Ym9iOmh1bnRlcjI="],
    ['["GET / HTTP/1.1\\r\\nAuthorization:\\tBasic Ym9iOmh1bnRlcjI=\\r\\n"]', "credentials Ym9iOmh1bnRlcjI="],
    ['Authorization: Digest username="bob", response="6629fae4"', 'credentials username="bob", response="6629fae4"'],
    ["CONNECT\npasscode:two words9\n\n\0", "password two words9"],
    ['["CONNECT\\npasscode:two words9\\n\\n\\u0000"]', "password two words9"],
    ["password=\"a\tb\" password='c\td'", "password a\tb", "password c\td"],
    ['{"username":"bob","pass":"hunter2hunter2"}', "password hunter2hunter2"],
    ['{"user":"bob","pass":"swordfish"} wss://x.test/?pass=12345&bypass=1', "password swordfish", "password 12345"],
    ['{"name":"Authorization","value":"Basic Ym9iOmh1bnRlcjI="}', "credentials Ym9iOmh1bnRlcjI="],
    ['[{"value" : "hunter2",\n  "key" : "password"},{"Header":"X-Api-Key","Value":"k1"},{"name":"otp","value":123456}]', "password hunter2", "key k1", "password 123456"],
    ['{"d":"[{\\"name\\":\\"password\\",\\n\\t\\"value\\":\\"pq\\"},{\\"value\\":\\"rs\\",\\"name\\":\\"password\\"}]"}', "password pq", "password rs"],
    ["PASS oauth:abcdefghij0123456789abcdefghij", "token abcdefghij0123456789abcdefghij"],
    ["Authorization is Bearer abcdefghij0123456789", "token abcdefghij0123456789"],
    ["wss://me:hunter2@x.test/?a=1&token=t1#access_token=t2", "password me:hunter2", "token t1", "token t2"],
    ["grant=1&password=a%20b&x", "password a%20b"],
    ['{"pan":"4242424242424242","cvc":"123"}', "card 4242424242424242", "password 123"],
    ['{"text":"my card is 4242 4242 4242 4242, thanks"}', "card 4242 4242 4242 4242"],
    ['{"card":4242424242424242}', "card 4242424242424242"],
    ['{"from":"ada.l+x@example.co.uk"}', "email ada.l+x@example.co.uk"],
    ["an béb@example.com, (müller.jürgen@x.example)", "email béb@example.com", "email müller.jürgen@x.example"],
    ['{"a":"\\n\u00e9b@example.com","b":"b\\u00e9b@example.com"}', "email éb@example.com", "email b\\u00e9b@example.com"],
    ["请联系bob@example.com或张三@example.com", "email bob@example.com", "email 或张三@example.com"],
    ["“bob@example.com” …bob@example.com -éa@example.com", "email bob@example.com", "email bob@example.com", "email éa@example.com"],
    ["ghp_0123456789abcdefghijABCDEFGHIJ012345 AKIAIOSFODNN7EXAMPLE", "key ghp_0123456789abcdefghijABCDEFGHIJ012345", "key AKIAIOSFODNN7EXAMPLE"],
    ['{"password":"cut of', "password cut of"],
    ['{"headers":[["Authorization","Bearer abc"],["accept","*/*"],["Cookie","a=b; c=d"]],"x":["password","y"]}', "credentials Bearer abc", "cookie a=b; c=d"],
    ['{"rawHeaders" : [ "Host", "x.test", "X-Api-Key", "k1" ]}', "key k1"],
    ['{"d":"{\\"requestHeaders\\":[[\\"cookie\\",\\"a=b\\"]]}"}', "cookie a=b"],
    ['{"headers":{"cookie":"sid=a1; theme=dark","accept":"x"}}', "cookie sid=a1; theme=dark"],
    ['{"session_id":"a1","gameSessionId":"b2","connectionToken":"c3"}', "token a1", "token b2", "token c3"],
  ])("%s", (text, ...secrets) => {
    expect(told(text)).toEqual(secrets);
  });

  it.each([
    '{"type":"tick","seq":4539148803436467,"ts":1764358921123456,"px":64012.5}',
    '{"id":"4539148803436467","orderId":"5105105105105100"}',
    '{"ids":["4539148803436467","5105105105105100"]}',
    '{"f":0.4539148803436467,"g":-4539148803436467}',
    '{"id":"550e8400-e29b-41d4-a716-446655440000","uid":822106502566256641}',
    '{"token":"USDC","key":"BTC-USD-220930","password":true,"secret":null}',
    '{"token":"0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48"}',
    '{"nextPageToken":"2","tokens":["BTC","ETH"],"sid":"room-a"}',
    "/pkg/é@example.com é@@example.com",
    '{"stream":"btcusdt@depth@100ms","icon":"star@2x.png","pkg":"left-pad@1.2.3"}',
    "risk-assessment-of-the-year sk-this-is-a-list-of-words bearer of bad news",
    '{"a":"say \\"x\\": \\"y\\""}',
    "password: required? key = value; if (token==other) x",
    "4111 1111 1111 1112",
    '{"name":"temperature","value":"21"},{"value":"x","name":"token"},{"label":"password","value":"x"},{"name":"password"},{"value":"x"}',
    '{"pass":12,"fail":"3","class":"a","bypass":"yes"} pass=12, {"pass":"ok"}',
    '{"state":"game_state_round_3_of_5"}',
    '{"key":"candles:BTCUSDT:1m:2024","code":"uploads/2024/11/IMG_20241129_123456.jpg"}',
    '{"key":"user:42:settings:theme"}',
    '{"cookie":"chocolate","headers":["Authorization"],"tableHeaders":["password","name"]}',
    '{"state":"waitingForPlayersToJoin","key":"2024-11-29T00:53:39.123Z","token":"round3-of-5"}',
    "Authorization: basic rules apply to all\npassword: the one of last year",
  ])("nothing in %s", (text) => {
    expect(told(text)).toEqual([]);
  });

  it("is silent about numbers that feeds are full of, however many are looked at", () => {
    const digits = fc.bigInt({ min: 10n ** 13n, max: 10n ** 19n }).map(String);
    const name = fc.constantFrom("id", "orderId", "trade_id", "seq", "ts", "time", "u", "U", "E", "T", "price", "cursor", "hash");
    fc.assert(
      fc.property(fc.array(fc.tuple(name, digits), { maxLength: 30 }), (fields) => {
        const numbers = `{${fields.map(([key, value]) => `"${key}":${value}`).join(",")}}`;
        const named = `{${fields.filter(([key]) => key.length > 1).map(([key, value]) => `"${key}":"${value}"`).join(",")}}`;
        expect(told(numbers)).toEqual([]);
        expect(told(named)).toEqual([]);
        expect(told(`[${fields.map(([, value]) => value).join(",")}]`)).toEqual([]);
        expect(told(`{"x":[${fields.map(([, value]) => `0.${value}`).join(",")}]}`)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("finds what is planted, wherever in whatever", () => {
    const planted = fc.constantFrom('"password":"Zx9!"', `"a":"${JWT}"`, '"k":"sk-proj-abcdEFGH1234ijklMNOP5678"', '"mail":"eve@mail.example"');
    fc.assert(
      fc.property(fc.json(), planted, fc.json(), (before, secret, after) => {
        expect(told(`{"before":${before},${secret},"after":${after}}`).length).toBeGreaterThan(0);
        expect(told(JSON.stringify({ text: `{${secret}}` })).length).toBeGreaterThan(0);
      }),
    );
  });

  it("takes any bytes, and answers places in order that do not overlap", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.constantFrom('"password":', "token=", "@x.com", "eyJ", '\\"', "4242424242424242", "://").map((text) => Buffer.from(text)))), fc.boolean(), (parts, isText) => {
        const bytes = Buffer.concat(parts);
        let end = 0;
        for (const { from, to } of findSecrets(bytes, isText)) {
          expect(from).toBeGreaterThanOrEqual(end);
          expect(to).toBeGreaterThan(from);
          end = to;
        }
        expect(end).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 500 },
    );
  });
});

describe("in headers", () => {
  const inHeader = (name: string, value: string): readonly string[] => findInHeader({ name, value }).map(({ kind, from, to, name: named }) => `${kind} ${named}: ${value.slice(from, to)}`);

  it.each([
    ["Cookie", "sid=abc; theme=dark", "cookie sid: abc", "cookie theme: dark"],
    ["Set-Cookie", "sid=abc; Path=/; HttpOnly\nx=1", "cookie sid: abc", "cookie x: 1"],
    ["authorization", "Bearer abc", "credentials authorization: abc"],
    ["X-Api-Key", "12345", "key X-Api-Key: 12345"],
    ["X-CSRF-Token", "zz", "token X-CSRF-Token: zz"],
    ["Sec-WebSocket-Protocol", "bearer, abc123, chat", "token Sec-WebSocket-Protocol: abc123"],
    ["Sec-WebSocket-Protocol", `v1.chat, ${JWT}`, `jwt : ${JWT}`],
    ["Sec-WebSocket-Protocol", "base64url.bearer.authorization.k8s.io.c2VjcmV0, base64.binary.k8s.io", "token Sec-WebSocket-Protocol: c2VjcmV0"],
    ["Referer", "https://x.test/?access_token=abc", "token access_token: abc"],
  ])("%s: %s", (name, value, ...secrets) => {
    expect(inHeader(name, value)).toEqual(secrets);
  });

  it.each([
    ["Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="],
    ["Sec-WebSocket-Protocol", "graphql-transport-ws, v4.channel.k8s.io, kurento-room-protocol-v2, ocpp2.0.1"],
    ["Sec-WebSocket-Protocol", "My-Game-Server-Room-2024-Edition"],
    ["User-Agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"],
    ["Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits"],
  ])("nothing in %s: %s", (name, value) => {
    expect(inHeader(name, value)).toEqual([]);
  });
});

it("places in a text count its characters", () => {
  const text = "größe 😀 password=geheim&x";
  expect(findInText(text).map(({ from, to }) => text.slice(from, to))).toEqual(["geheim"]);
});
