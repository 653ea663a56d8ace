"""What a finding says and advises, in English and in Chinese."""

from __future__ import annotations

from typing import Any, Final

from shared.clean.column import ColumnType
from shared.clean.findings import Message, Rule

_TYPES: Final[dict[ColumnType, tuple[str, str]]] = {
    "integer": ("whole numbers", "整数"),
    "decimal": ("numbers", "数字"),
    "boolean": ("yes or no", "布尔值"),
    "date": ("dates", "日期"),
    "datetime": ("dates with a time", "日期时间"),
    "time": ("times", "时间"),
    "duration": ("durations", "时长"),
    "category": ("categories", "类别"),
    "text": ("texts", "文本"),
}
_ORDERS: Final = {
    "dayFirst": ("the day first", "日在前"),
    "monthFirst": ("the month first", "月在前"),
}

_SAYS: Final[dict[Rule, tuple[str, str]]] = {
    "mixed_types": (
        "{count} in {column} unlike the others, which are {type}, such as {value}.",
        "{column}列有{count}个单元格与其他单元格（{type}）类型不同，例如{value}。",
    ),
    "error_cell": (
        "{count} in {column} with an error, such as {value}.",
        "{column}列有{count}个错误单元格，例如{value}。",
    ),
    "out_of_range_date": (
        "{count} in {column} with a date that is none or far from the others, such as {value}.",
        "{column}列有{count}个日期不存在或远离其他日期，例如{value}。",
    ),
    "duplicate_key": (
        "{count} in {column} with a value that stands above already, such as {value}.",
        "{column}列有{count}个单元格的值与上方重复，例如{value}。",
    ),
    "blank": (
        "{count} in {column} without a value, where {share} % have one.",
        "{column}列有{count}个空白单元格，而{share}%的单元格有值。",
    ),
    "whitespace": (
        "{count} in {column} with blanks around the text, or doubled or unusual ones.",
        "{column}列有{count}个单元格含首尾空格、重复空格或特殊空白。",
    ),
    "look_alike": (
        "{count} in {column} with a value that looks like another one: {value} like {suggestion}.",
        "{column}列有{count}个单元格的值与另一个值相似：{value}与{suggestion}。",
    ),
    "ambiguous_date": (
        "{count} in {column} with a date that can mean two; read with {order}, {value} at first.",
        "{column}列有{count}个日期无法判断日与月；已按{order}读取，第一个读作{value}。",
    ),
    "ambiguous_number": (
        "{count} in {column} that can mean two numbers; “{mark}” was taken for the decimal mark.",
        "{column}列有{count}个数字有两种读法；已按小数点“{mark}”读取。",
    ),
    "mixed_units": (
        "{count} in {column} with a percent sign, and others without: 12% was read as 0.12.",
        "{column}列有{count}个单元格带百分号而其他没有：12%读作0.12。",
    ),
}
_ADVICE: Final[dict[Rule, tuple[str, str]]] = {
    "mixed_types": (
        "Correct them, or read the column as text (asText).",
        "请更正，或将该列按文本读取（asText）。",
    ),
    "error_cell": ("Repair the formulas in the file.", "请修复文件中的公式。"),
    "out_of_range_date": ("Correct the dates.", "请更正日期。"),
    "duplicate_key": (
        "Remove the rows that are there twice, or correct the value.",
        "请删除重复的行，或更正该值。",
    ),
    "blank": ("Fill in what is known.", "请补充已知的值。"),
    "whitespace": ("Trim the texts (action trim).", "请去除多余空白（trim操作）。"),
    "look_alike": (
        "Replace them by the more usual value (action replace).",
        "请替换为更常用的值（replace操作）。",
    ),
    "ambiguous_date": (
        "Compare with the file; if it is wrong, read it again with dateOrder.",
        "请与文件核对；如有误，请用dateOrder重新读取。",
    ),
    "ambiguous_number": (
        "Compare with the file; if it is wrong, read it again with decimalMark.",
        "请与文件核对；如有误，请用decimalMark重新读取。",
    ),
    "mixed_units": (
        "Write all of them with the sign or none.",
        "请统一带或不带百分号。",
    ),
}
_MOST = 60
"""Characters of a value in a sentence."""


def message(rule: Rule, column: str, count: int, about: dict[str, Any]) -> Message:
    """Return the sentence for a finding; `about` holds what the rule tells."""
    spoken = _spoken(about)
    en, zh = _SAYS[rule]
    cells = "1 cell" if count == 1 else f"{count:,} cells"
    return Message(
        en=en.format(count=cells, column=f"“{column}”", **{k: v[0] for k, v in spoken.items()}),
        zh=zh.format(count=count, column=f"“{column}”", **{k: v[1] for k, v in spoken.items()}),
    )


def advice(rule: Rule) -> Message:
    """Return what to do about it."""
    en, zh = _ADVICE[rule]
    return Message(en=en, zh=zh)


def _spoken(about: dict[str, Any]) -> dict[str, tuple[str, str]]:
    spoken = {}
    for name, value in about.items():
        if name == "type":
            spoken[name] = _TYPES[value]
        elif name == "order":
            spoken[name] = _ORDERS[value]
        else:
            spoken[name] = (_short(value),) * 2
    return spoken


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"
