import type { views as english } from "../en/views.ts";
import type { Translated } from "../translated.ts";

export const views: Translated<typeof english> = {
  "views.about": "视图：以名称保存的过滤器、方向、排序和列",
  "views.copy": "复制为文本以便分享",
  "views.copy-named": "将视图 { $name } 复制为文本",
  "views.copied": "已复制视图 { $name }",
  "views.delete": "删除视图",
  "views.delete-named": "删除视图 { $name }",
  "views.save": "保存视图",
  "views.save-about": "保存过滤器（包括已启用的已保存过滤器）、方向、排序和列，不含所选连接",
  "views.save-name": "当前视图的名称",
  "views.shared": "粘贴分享的视图",
  "views.add": "添加视图",
  "views.not-one": "这不是视图。请粘贴“复制为文本”得到的完整文本。",
  "views.name-first": "请先输入名称。",
  "views.text-first": "请先粘贴视图。",
  "views.full": "最多保留 { NUMBER($most) } 个视图。请先删除一个，或使用其名称来替换它。",
};
