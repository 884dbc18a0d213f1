import type { snippet as english } from "../en/snippet.ts";
import type { Translated } from "../translated.ts";

export const snippet: Translated<typeof english> = {
  "snippet.copied": `已将 { $path } 复制为 { $name }：{ $n ->
      [0] 无消息
     *[other] { NUMBER($n) } 条消息
  }`,
  "snippet.copied-without": `已将 { $path } 复制为 { $name }：{ $n ->
      [0] 无消息
     *[other] { NUMBER($n) } 条消息
  }，未包含敏感值：{ $secrets }`,
  "snippet.header": "握手的标头 { $name }",
  "snippet.request-header": "请求的标头 { $name }",
  "snippet.origins": "值的来源",
  "snippet.url": "网址中",
  "snippet.query": "网址的查询参数 { $name }",
  "snippet.subprotocol": "握手的 Sec-WebSocket-Protocol 中",
  "snippet.field": "消息 { NUMBER($n) } 中的 { $name }",
  "snippet.message": "消息 { NUMBER($n) } 中",
  "snippet.body-field": "请求正文中的 { $name }",
  "snippet.body": "请求正文中",
  "snippet.from-json": "来自 { $method } { $url } → { $path }",
  "snippet.from-set-cookie": "来自 { $method } { $url } → Cookie { $name }",
  "snippet.from-message": "来自消息 { NUMBER($n) } → { $path }",
  "snippet.from-other-message": "来自 { $url } 的消息 { NUMBER($n) } → { $path }",
  "snippet.from-cookie": "来自 Cookie { $name }",
  "snippet.from-storage": "来自 { $storage } { $name }",
  "snippet.from-storage-json": "来自 { $storage } { $name } → { $path }",
  "snippet.cookie": "握手的 Cookie { $name }",
  "snippet.answers-kept": "此处列出的响应随抓取一起保存。",
  "snippet.from-text": "来自 { $method } { $url }，位于 { $before } 之后",
  "snippet.binary-secrets": "{ NUMBER($n) } 条二进制消息未包含：其中有敏感值。选择“包含敏感数据”再复制即可包含。",
  "snippet.no-handshake": "未抓取到握手：Origin、Cookie 等标头未知。",
  "snippet.took-over": "网页先通过 HTTP 轮询开始：在那里发送的内容（例如命名空间的 auth 数据）不在抓取中。",
  "snippet.first-only": "仅前 { NUMBER($n) } 条消息，共 { NUMBER($all) } 条。",
  "snippet.unreported": "{ NUMBER($n) } 条消息未包含：Chrome 未报告其内容。",
  "snippet.greeting": "服务器最先发送的内容：等待的毫秒数，消息",
  "snippet.exchanges": "服务器对每条消息的应答",
  "snippet.answers": "抓取中有的消息按原样应答，其他消息按下一条的应答。",
  "snippet.stay": "每个用户在最后一条消息之后停留的时间",
  "snippet.wscat-left-out": "{ NUMBER($n) } 条消息未包含：wscat 只能发送文本。",
  "snippet.zero-bytes": "{ NUMBER($n) } 条消息未包含：shell 无法传递其中的零字节。",
  "snippet.too-long": "{ NUMBER($n) } 条消息未包含：作为命令的参数太长。",
  "snippet.no-heartbeats": "{ $tool } 不发送心跳：服务器可能会关闭连接。",
  "snippet.no-url": "无法复制为代码：此连接的网址未知。",
  "snippet.no-connection": "无法复制为代码：未选择 WebSocket 连接。",
  "snippet.several": "无法复制为代码：请选择同一连接的消息。",
};
