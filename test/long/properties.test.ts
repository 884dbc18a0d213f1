// The whole of what `npm test` makes a quarter of the runs of: vitest.config.ts tells `someOf` so.
import "../decode/connection-decoder.test.ts";
import "../decode/decoders/socket-io.test.ts";
import "../decode/json/json-shapes.test.ts";
import "../engine/restart.test.ts";
import "../format/redact/redaction.test.ts";
import "../log/journal.test.ts";
import "../node/byte-search.test.ts";
