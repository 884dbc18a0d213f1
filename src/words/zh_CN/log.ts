import type { log as english } from "../en/log.ts";
import type { Translated } from "../translated.ts";

export const log: Translated<typeof english> = {
  "log.payloads-cleared": "日志已清空",
  "log.page-short": "文件只有 { NUMBER($length) } 字节中的 { NUMBER($count) } 字节",
  "log.missing-none": "没有缺失的帧",
  "log.missing-maybe": "可能有帧缺失",
  "log.missing": "缺失 { NUMBER($n) } 帧",
  "log.missing-at-least": "至少缺失 { NUMBER($n) } 帧",
  "log.damaged": "此抓取有 { NUMBER($n) } 处损坏，具体位置见 error 类型的行。{ $missing }。",
  "log.damaged-all": "此抓取已损坏，无法读取任何内容。",
  "log.newer": "此抓取由较新版本的 Framescope 录制（格式 { $version }，此版本最高可读取 { $most }）。请用该版本打开。",
  "log.marks-left-out": "有 { NUMBER($n) } 个固定标记和备注未显示：其所在的行缺失。",
  "log.records-left-out": "有 { NUMBER($n) } 条记录未读取：由较新版本的 Framescope 写入。",
  "log.damage-row": "损坏：{ $places }。此处{ $missing }。",
  "log.damage-row-newer": "损坏：{ $places }（格式 { $version }，此 Framescope 最高可读取 { $most }）。此处{ $missing }。",
  "log.damage-bytes": "文件“{ $file }”的第 { NUMBER($from) } 到 { NUMBER($to) } 字节",
  "log.damage-cut": "文件“{ $file }”的第 { NUMBER($at) } 字节，此处缺少一段",
};
