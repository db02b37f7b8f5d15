"""Which functions of the engine an expression may call.

Those that give the same for the same arguments, and no more than they are given: not the time of
day, not settings, not text or lists of any length. Aggregates and windows are all allowed.
"""

from __future__ import annotations

from collections.abc import Collection

# A function's kind and how stable it is, once for each of its forms.
Forms = Collection[tuple[str, str | None]]


def words(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


# Stable by their own account, but they make much of little, read what is no data, wait, or give
# several rows.
_REFUSED = words(
    """
    add_parquet_key alias array_resize bar bitstring current_database current_query current_schema
    current_schemas current_setting error format generate_series getvariable in_search_path
    json_deserialize_sql json_serialize_plan json_serialize_sql list_pack list_resize lpad nextval
    pragma_version printf range repeat rpad sleep_ms stats txid_current unnest vector_type version
    write_log
    """
)
# They depend on the zone of times that have one; no time here has.
_OF_DATES = words(
    """
    + - age century date_diff date_part date_sub date_trunc datediff datepart datesub datetrunc day
    dayname dayofmonth dayofweek dayofyear decade era hour isodow isoyear julian last_day
    microsecond millennium millisecond minute month monthname quarter second strftime time_bucket
    week weekday weekofyear year yearweek
    """
)
# The engine's own macros.
_MACROS = words(
    """
    array_to_string date_add days_in_month fdiv if list_append list_avg list_count list_first
    list_last list_max list_median list_min list_mode list_prepend list_reverse list_string_agg
    list_sum nullif split_part
    """
)
_AGGREGATE_MACROS = words("geomean geometric_mean wavg weighted_avg")


def is_harmless(name: str, forms: Forms) -> bool:
    """Return whether an expression may call a function.

    Examples
    --------
    >>> is_harmless("upper", {("scalar", "CONSISTENT")}), is_harmless("now", {("scalar", None)})
    (True, False)
    """
    if name in _REFUSED:
        return False
    listed = name in _OF_DATES or name in _MACROS or name in _AGGREGATE_MACROS
    return listed or any(
        kind in ("aggregate", "window") or (kind == "scalar" and stability == "CONSISTENT")
        for kind, stability in forms
    )


def is_aggregate(name: str, forms: Forms) -> bool:
    """Return whether a function makes one value of many."""
    return name in _AGGREGATE_MACROS or any(kind == "aggregate" for kind, _ in forms)
