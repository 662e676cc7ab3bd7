"""What a sentence says of all the applications that it has just counted: 收到申请5件，全部办结; 均予以公开."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

from reports.checks.narrative.context import Claim, Context
from reports.checks.narrative.numerals import Quantity
from reports.standard.in_prose import topic, words_of

_ALL = re.compile(
    r"(?:已?全部|均已|均|都已|都|悉数)"
    r"(?:已|按期|按时|依法|依规|及时|按照?(?:要求|程序|流程)?|在?(?:法定|规定)(?:的?(?:时限|期限|时间))?内?(?:要求)?|予以|完成|作出|进行|处理|了)*"
    rf"(?:(?P<granted>{words_of('granted')})|{words_of('concluded', 'answered')}|回复|办理结束|处理完毕)(?![率时])"
)
_EXCEPT = re.compile(r"除|结转|转下|转入|正在|延期|其余|另有")


def read_all(here: Context) -> None:
    """收到申请5件，全部办结: nothing is carried out; 均予以公开: as many were granted."""
    for found in _ALL.finditer(here.text):
        earlier = [claim for place, claim in here.claims if place < found.start()]
        if not earlier or earlier[-1].topic.name != "received" or earlier[-1].quantity.value == 0 or earlier[-1].part:
            continue
        base = earlier[-1].quantity
        between = here.text[base.end : found.start()]
        if any(base.end <= each.start < found.start() for each in here.numbers) and not re.search(
            "[比较]|同比", between
        ):
            continue
        if found["granted"]:
            claim = Claim(topic("granted"), replace(base, start=found.start(), end=found.end()), all_of=True)
        elif _EXCEPT.search(here.text) and not re.search(r"[无没][^,;。]{0,3}结转", here.text):
            continue
        else:
            nothing = Quantity(Decimal(0), Decimal(0), "件", False, found.start(), found.end())
            claim = Claim(topic("carried_out"), nothing, all_of=True)
        here.claims.append((found.start(), claim))
