"""What an expression may consist of. All that is not named here is refused."""

from __future__ import annotations

from typing import Final

CLASSES: Final = frozenset(
    ("CONSTANT", "COLUMN_REF", "FUNCTION", "OPERATOR", "COMPARISON", "CONJUNCTION", "CASE", "CAST",
     "BETWEEN", "TYPE")
)  # fmt: skip

PARTS: Final = (
    {"name", "expression"},  # an argument
    {"when_expr", "then_expr"},
    {"kind", "text"},  # a literal
    {"kind"},
    {"path"},
    {"type", "orders"},
)
"""The fields of what has no class of its own."""

OPERATORS: Final = frozenset(
    ("OPERATOR_NOT", "OPERATOR_IS_NULL", "OPERATOR_IS_NOT_NULL", "OPERATOR_COALESCE",
     "COMPARE_IN", "COMPARE_NOT_IN")
)  # fmt: skip

TYPES: Final = frozenset(
    ("boolean", "bool", "integer", "int", "int4", "bigint", "int8", "smallint", "hugeint",
     "double", "float", "float8", "float4", "real", "decimal", "numeric",
     "varchar", "text", "string", "date", "timestamp", "datetime", "time", "interval")
)  # fmt: skip

FUNCTIONS: Final = frozenset(
    ("+", "-", "*", "/", "//", "%", "**", "^", "||", "~~", "!~~", "~~*", "!~~*",
     "abs", "ceil", "ceiling", "floor", "round", "trunc", "sign", "mod", "fmod", "divide",
     "sqrt", "cbrt", "exp", "ln", "log", "log2", "log10", "pow", "power", "pi",
     "sin", "cos", "tan", "asin", "acos", "atan", "atan2", "degrees", "radians",
     "greatest", "least", "nullif", "ifnull", "if", "isnan", "isinf", "isfinite",
     "lower", "upper", "lcase", "ucase", "trim", "ltrim", "rtrim", "length", "len", "strlen",
     "left", "right", "substring", "substr", "replace", "reverse", "repeat", "lpad", "rpad",
     "concat", "concat_ws", "contains", "prefix", "suffix", "starts_with", "ends_with",
     "instr", "position", "strpos", "split_part", "translate", "initcap",
     "regexp_matches", "regexp_replace", "regexp_extract", "regexp_full_match",
     "like_escape", "not_like_escape", "levenshtein", "jaro_winkler_similarity",
     "year", "month", "day", "hour", "minute", "second", "quarter", "week", "weekday", "dayofweek",
     "dayofyear", "isodow", "isoyear", "weekofyear", "dayname", "monthname", "last_day",
     "date_part", "datepart", "date_trunc", "datetrunc", "date_diff", "datediff",
     "date_sub", "datesub", "date_add", "make_date", "make_time", "make_timestamp", "age",
     "strftime", "strptime", "try_strptime",
     "to_years", "to_months", "to_weeks", "to_days", "to_hours", "to_minutes", "to_seconds")
)  # fmt: skip
"""Of one row's values, the same whenever and wherever they are computed."""
