import type { format as english } from "../en/format.ts";
import type { Translated } from "../translated.ts";

export const format: Translated<typeof english> = {
  "format.sensitive": "此文件包含 Cookie、凭据和原样的消息载荷。持有此文件的任何人都可能以用户的身份进行操作。",
  "format.sanitised": "已由 Framescope 脱敏：移除了标头 { $headers }、Cookie 列表，以及网址中的用户名、密码和片段。网址及其查询字符串、所有其他标头（包括 Sec-WebSocket-Protocol）和消息载荷保持不变，其中可能包含令牌和个人数据。",
  "format.only-shown": "此文件仅包含符合过滤条件的帧。",
  "format.only-selected": "此文件仅包含所选的帧。",
  "format.lost": "Chrome 报告的 { NUMBER($n) } 帧未被记录。",
  "format.not-seen": "在抓取开始前已打开，未看到握手。",
  "format.no-url": "网址未知。",
  "format.no-start": "开始时间未知，以 1970 年表示。",
  "format.ending": "{ $ending }。",
  "redact.cookie": "Cookie",
  "redact.credentials": "标头中的凭据",
  "redact.password": "密码",
  "redact.jwt": "JSON Web Token",
  "redact.key": "API 密钥",
  "redact.token": "访问令牌",
  "redact.card": "银行卡号",
  "redact.email": "电子邮件地址",
};
