import type { findings as english } from "../en/findings.ts";
import type { Translated } from "../translated.ts";

export const findings: Translated<typeof english> = {
  "findings.name": "发现",
  "findings.count": "{ NUMBER($n) } 项发现",
  "findings.reading": "正在检查抓取… { SHARE($share) }",
  "findings.none": "没有发现问题。只列出可以确定的内容。",
  "findings.none-here": "这里没有发现问题。",
  "findings.none-without-codes": "在关闭码未知的情况下没有发现问题。",
  "findings.of-path": `{ $n ->
      [1] { $path }
     *[other] { $path }：{ NUMBER($n) } 个连接
  }`,
  "findings.other-connections": "其他连接",
  "findings.unknown-codes": "有 { NUMBER($n) } 次关闭的关闭码未知。",
  "findings.more": "另有 { NUMBER($n) } 项未列出。",
  "findings.problem": "问题",
  "findings.warning": "警告",
  "findings.note": "提示",
  "findings.learn": "了解更多",
  "findings.show-more": "显示更多",
  "findings.about": "此抓取中有问题或代价高的内容",
  "findings.more-rows": "共 { NUMBER($n) } 行",
  "findings.connections": "{ NUMBER($n) } 个连接",
  "findings.handshake": "握手：{ $title }",
  "findings.uncompressed": "文本未压缩",
  "findings.uncompressed-about": "有 { BYTES($text) } 文本未经压缩传输。以往来此地址的 { BYTES($sample) } 试算，permessage-deflate 可节省 { BYTES($saved) }（{ SHARE($share) }）。",
  "findings.closed": "以关闭码 { $code } 关闭",
  "findings.closed-first": `{ $way ->
      [sent] 客户端
     *[received] 服务器
  }先发送了关闭帧（#{ NUMBER($frame) }）。`,
  "findings.closed-by-server": "由服务器关闭：网页和浏览器不会发送此关闭码。",
  "findings.closed-reason": "给出的原因是{ $reason }。",
  "findings.closed-idle": "连接在 { DURATION($ms) } 没有消息之后被切断，没有关闭帧。常见原因是代理或负载均衡器结束空闲连接：请以更短的间隔发送心跳。",
  "findings.closed-cause": `{ $code ->
      [1002] 一方认为另一方违反了协议。请检查最后的消息以及中间的代理。
      [1003] 接收方不接受此类数据（文本或二进制）。
      [1006] 没有收到关闭帧：网络、代理或进程结束切断了连接。
      [1007] 某条文本消息不是有效的 UTF-8。
      [1008] 接收方按其策略拒绝了消息。常见原因是未登录、登录过期或频率限制。
      [1009] 消息超过了接收方允许的大小。请发送较小的消息，或提高其上限。
      [1010] 服务器没有接受客户端要求的扩展。
      [1011] 服务器处理消息时出错。请查看其日志。
      [1012] 服务器正在重启。请在随机等待后重新连接。
      [1013] 服务器过载。请稍后重新连接。
      [1014] 网关从后端服务器收到无效响应。
      [1015] TLS 失败。请检查服务器的证书。
     *[other] 此关闭码由应用自行定义，其含义见服务器的文档。
  }`,
  "findings.storm": "反复重新连接",
  "findings.storm-about": "此网址模式的 { NUMBER($n) } 个连接在 { DURATION($span) } 内相继建立。",
  "findings.storm-steady": "间隔为 { DURATION($wait) }，没有增长：请使用退避，以免压垮正在重启的服务器。",
  "findings.storm-wait": "间隔为 { DURATION($wait) }。",
  "findings.storm-unknown": "其中 { NUMBER($n) } 个连接如何结束未知：可能由网页、服务器或网络结束。关闭码可以说明更多。",
  "findings.storm-grows": "间隔从 { DURATION($from) } 增长到 { DURATION($to) }。",
  "findings.same-end": "总是以同样的方式结束",
  "findings.same-silence": "此网址模式的 { NUMBER($n) } 个连接都在 { DURATION($ms) } 没有消息之后结束。这是服务器或代理的空闲超时：请以更短的间隔发送心跳。",
  "findings.same-life": "此网址模式的 { NUMBER($n) } 个连接都在打开 { DURATION($ms) } 后结束。这是服务器、代理或令牌的时间限制。",
  "findings.silent": "已打开，但没有消息",
  "findings.silent-about": "{ DURATION($ms) } 内双向都没有消息。",
  "findings.heartbeats": "心跳没有应答",
  "findings.heartbeats-about": "有 { NUMBER($n) } 次心跳没有应答。心跳间隔为 { DURATION($interval) }，其他心跳在 { DURATION($delay) } 内得到应答。",
  "findings.answers-stop": "应答中断",
  "findings.answers-stop-about": "从 #{ NUMBER($frame) } 起，{ $name } 不再得到应答：有 { NUMBER($n) } 个请求在等待。此前有 { NUMBER($answered) } 个在 { DURATION($ms) } 内得到应答。",
  "findings.unanswered": "请求没有应答",
  "findings.unanswered-about": "有 { NUMBER($n) } 个请求没有应答：{ $names }。其他请求在 { DURATION($ms) } 内得到应答。",
  "findings.latency": "应答变慢",
  "findings.latency-about": "{ $name } 的应答原为 { DURATION($before) }，从 #{ NUMBER($n) } 起达到 { DURATION($after) } 以上（中位数）。",
  "findings.stream": "{ $name } 的 { $label }",
  "findings.gaps": "缺少消息",
  "findings.gaps-about": `{ $places ->
      [1] { $name } 的编号（{ $key }）在 { NUMBER($before) } 与 { NUMBER($after) } 之间缺少 { NUMBER($n) } 条消息。
     *[other] { $name } 的编号（{ $key }）在 { NUMBER($places) } 处共缺少 { NUMBER($n) } 条消息，第一处在 { NUMBER($before) } 与 { NUMBER($after) } 之间。
  }`,
  "findings.gaps-cause": "TCP 不会在连接中丢失数据：请检查服务器发送了什么。",
  "findings.again": "消息重复到达",
  "findings.again-about": "{ $name } 有 { NUMBER($n) } 条消息到达两次，第一条的 { $key } 为 { NUMBER($number) }。",
  "findings.repeated": "反复出现同一条消息",
  "findings.repeated-about": `{ $way ->
      [sent] { $name } 连续发送了 { NUMBER($n) } 次，内容不变，共 { BYTES($bytes) }。
     *[received] { $name } 连续收到了 { NUMBER($n) } 次，内容不变，共 { BYTES($bytes) }。
  }`,
  "findings.heavy": "一种类型占了大部分字节",
  "findings.heavy-about": "{ $name } 占字节的 { SHARE($share) }：{ NUMBER($n) } 条消息共 { BYTES($bytes) }，最大的一条 { BYTES($largest) }。",
  "findings.burst": "消息突发",
  "findings.burst-about": "一秒内有 { NUMBER($n) } 条消息；通常为 { NUMBER($usual) } 条。",
};
