"""What the script of the entry form needs to weigh the equations as they are typed: the declared form and its words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from reports.filing.entry_table import MAX_OUTLINED
from reports.filing.forms import MAX_AMOUNT_LENGTH, MAX_COUNT_LENGTH
from reports.filing.prefill import for_comparison
from reports.models import Version
from reports.standard.elements import Edition


def for_browser(edition: Edition, last: Version | None = None) -> dict[str, Any]:
    """What the page's script needs to weigh the equations as they are typed."""
    return {
        "equations": [
            {
                "left": [(key, equation.signs[key]) for key in equation.left],
                "right": [(key, -equation.signs[key]) for key in equation.right],
            }
            for equation in edition.equations
        ],
        "signed": sorted(edition.signed),
        "decimal": [key for key, figure in edition.figures.items() if figure.column.decimal],
        "continued": for_comparison(edition, last),
        "written": [chapter.key for chapter in edition.prose],
        "most_outlined": MAX_OUTLINED,
        "longest_count": MAX_COUNT_LENGTH,
        "longest_amount": MAX_AMOUNT_LENGTH,
        "words": {
            "differs": _("{left} ≠ {right}，差 {difference}"),
            "open": _("待填"),
            "not_a_number": _("不是数字"),
            "not_whole": _("只能填整数"),
            "negative": _("不能小于 0"),
            "too_large": _("数字太大"),
            "unsaved": _("有未保存的修改"),
            "unbalanced": _("{count} 处不平"),
            "balanced": _("没有不平"),
            "blank": _("{count} 格未填"),
            "complete": _("没有空格"),
            "unwritten": _("{count} 章没有文字"),
            "pasted": _("已粘贴 {count} 格。"),
            "beyond": _("已粘贴 {count} 格；内容超出表格，多出的 {rest} 格没有填入。"),
            "filled": _("已将 {count} 个空格填为 0。"),
            "saving": _("正在保存…"),
            "saved": _("已保存 {when}"),
            "offline": _("连不上服务器，没有发送的内容记在本机，连上后自动保存"),
            "expired": _("登录已过期，没有保存的内容记在本机。"),
            "sign_in": _("在新窗口重新登录"),
            "found": _("找回了上次没有发送的 {count} 处修改。"),
            "not_saved": _("有 {count} 处不能保存，其余都已保存"),
            "conflict": _("{cell}：已存“{stored}”，您填“{typed}”"),
            "mine": _("用我填的"),
            "theirs": _("用已存的"),
            "taken": _("别人改的 {count} 处已经合进来。"),
            "close": _("收起"),
            "undo": _("撤销"),
            "undone": _("已撤销。"),
            "mend": _("改为 {value}"),
            "mend_what": _("把“{cell}”改为 {value}"),
            "totalled": _("已算出 {count} 个合计。"),
            "nothing_totalled": _("各合计都与已填的相符，或还有空格没有填。"),
            "totals_differ": _("其中 {count} 个与原填的不同：{list}。"),
            "between": _("；"),
            "total_differs": _("{cell}原填 {typed}，合计 {total}"),
            "spared": _("{rest} 格另有上年带来的建议，没有填。"),
            "accepted": _("已采用上年带来的 {count} 项。"),
        },
    }
