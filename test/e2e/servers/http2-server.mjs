/** WebSocket over HTTP/2 and TLS (RFC 8441), with a certificate that nobody vouches for. */
import { createSecureServer } from "node:http2";

/** Self-signed, for 127.0.0.1 in tests; the key is public and guards nothing. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBkDCCATagAwIBAgIUf5xTJoxg8u7vLWB5QtAgyGJInKswCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJMTI3LjAuMC4xMCAXDTI2MTEyMDE0MjAwMFoYDzIxMjYxMDI3
MTQyMDAwWjAUMRIwEAYDVQQDDAkxMjcuMC4wLjEwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAARKSb+WHJWLhoG7y/3Dv5EJtwLawDbAAA/0+eFV9YTXHyAA4DaLpGqV
ssvupEEfo/RNeg7oDQYl1tdtfbgxevhlo2QwYjAdBgNVHQ4EFgQUNsl7flaYUze+
MpF4X2htouOuocwwHwYDVR0jBBgwFoAUNsl7flaYUze+MpF4X2htouOuocwwDwYD
VR0TAQH/BAUwAwEB/zAPBgNVHREECDAGhwR/AAABMAoGCCqGSM49BAMCA0gAMEUC
IQCeWFXnCjNfSlYZw5ea9/TaLc1Lbz9+iqjNir2/5EiA0wIgSznuF5XNqg+rj+XY
LCuQzoJn19tivGiDWlZcinwlitQ=
-----END CERTIFICATE-----`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgR8wC33iRmvS/WpdU
FPmKPgdxmyXw8rX7BFNTvFJupUGhRANCAARKSb+WHJWLhoG7y/3Dv5EJtwLawDbA
AA/0+eFV9YTXHyAA4DaLpGqVssvupEEfo/RNeg7oDQYl1tdtfbgxevhl
-----END PRIVATE KEY-----`;

/**
 * Answers every page with an empty one, and every WebSocket by sending back what it gets.
 * @returns {Promise<{ url: string, webSocketUrl: string, close: () => Promise<void> }>}
 */
export async function startHttp2Server() {
  const server = createSecureServer({ cert: CERTIFICATE, key: KEY, allowHTTP1: true, settings: { enableConnectProtocol: true } });
  /** @type {Set<import("node:http2").ServerHttp2Session>} */
  const sessions = new Set();
  server.on("session", (session) => {
    sessions.add(session);
    session.on("close", () => sessions.delete(session));
    session.on("error", () => {});
  });
  server.on("stream", (stream, headers) => {
    stream.on("error", () => {});
    if (headers[":method"] !== "CONNECT" || headers[":protocol"] !== "websocket") {
      stream.respond({ ":status": 200, "content-type": "text/html" });
      stream.end('<!doctype html><link rel="icon" href="data:,">');
      return;
    }
    stream.respond({ ":status": 200, "sec-websocket-protocol": (headers["sec-websocket-protocol"] ?? "").split(",")[0] ?? "" });
    echo(stream);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `https://127.0.0.1:${port}/`,
    webSocketUrl: `wss://127.0.0.1:${port}`,
    close: async () => {
      for (const session of sessions) session.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sends each short frame back, unmasked (RFC 6455 §5.2). @param {import("node:http2").ServerHttp2Stream} stream */
function echo(stream) {
  let bytes = Buffer.alloc(0);
  stream.on("data", (/** @type {Buffer} */ data) => {
    bytes = Buffer.concat([bytes, data]);
    for (;;) {
      const length = (bytes[1] ?? 0) & 0x7f;
      if (bytes.length < 6 + length || length > 125) return;
      const mask = bytes.subarray(2, 6);
      const payload = bytes.subarray(6, 6 + length).map((byte, i) => byte ^ (mask[i % 4] ?? 0));
      stream.write(Buffer.concat([Buffer.of(bytes[0] ?? 0, length), payload]));
      bytes = bytes.subarray(6 + length);
    }
  });
}
