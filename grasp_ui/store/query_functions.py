"""The functions that a person's query may call.

It is a list of what is allowed, so that a new version of DuckDB brings nothing unseen. Left
out on purpose: what reads or tells of the machine and its settings, what waits, what makes
texts or lists of any length from a number (`repeat`, `lpad`, `format`, `range` outside of
FROM), what compares two texts in quadratic time (`levenshtein`) and takes a query as text.
"""

TABLE_FUNCTIONS = frozenset(
    "range generate_series unnest json_each json_tree".split()  # noqa: SIM905 - read as a list
)

_TEXT = """
    ascii chr concat concat_ws contains ends_with starts_with prefix suffix instr position strpos
    lcase lower ucase upper left right left_grapheme right_grapheme length length_grapheme len
    char_length character_length strlen bit_length octet_length ltrim rtrim trim
    regexp_extract regexp_extract_all regexp_full_match regexp_matches regexp_replace
    regexp_split_to_array regexp_escape replace reverse split split_part str_split
    str_split_regex string_split string_split_regex string_to_array array_to_string
    strip_accents nfc_normalize substr substring substring_grapheme translate unicode ord
    md5 sha1 sha256 hash hex to_hex unhex from_hex base64 to_base64 from_base64 encode decode
    url_encode url_decode || ~~ !~~ ~~* !~~* like_escape not_like_escape ilike_escape
    not_ilike_escape ^@ ~ format_bytes
"""
_NUMBERS = """
    + - * / // % ** ^ & | << >> @ xor abs add subtract multiply divide ceil ceiling floor round
    round_even trunc even sign sqrt cbrt exp ln log log2 log10 pow power mod fmod fdiv pi
    degrees radians sin cos tan asin acos atan atan2 greatest least isnan isinf isfinite
    bit_count
"""
_TIMES = """
    age ago century date_add date_diff date_part date_sub date_trunc datediff datepart datesub
    datetrunc day dayname dayofmonth dayofweek dayofyear days_in_month decade epoch epoch_ms
    epoch_ns epoch_us era hour isodow isoyear julian last_day make_date make_time make_timestamp
    microsecond millennium millisecond minute month monthname quarter second strftime strptime
    try_strptime time_bucket timezone to_days to_hours to_minutes to_months to_seconds
    to_milliseconds to_microseconds to_timestamp to_weeks to_years week weekday weekofyear year
    yearweek now today current_date
"""
_LISTS = """
    unnest flatten list_value list_pack array_length list_contains array_contains list_has
    list_position list_indexof list_extract list_element array_extract list_slice array_slice
    list_sort list_reverse_sort list_reverse list_distinct list_unique list_concat list_cat
    list_append list_prepend list_first list_last list_sum list_avg list_min list_max
    list_count list_median list_any_value list_bool_and list_bool_or list_mode
    struct_pack struct_extract struct_extract_at row map map_keys map_values map_entries
    map_extract map_contains cardinality element_at
"""
_JSON = """
    -> ->> json json_array json_array_length json_exists json_extract json_extract_path
    json_extract_path_text json_extract_string json_keys json_object json_pretty json_quote
    json_structure json_transform json_type json_valid json_value to_json row_to_json
    array_to_json from_json
"""
_AGGREGATES = """
    any_value approx_count_distinct approx_quantile arbitrary arg_max arg_min argmax argmin
    array_agg avg bit_and bit_or bit_xor bool_and bool_or corr count count_if count_star countif
    covar_pop covar_samp cume_dist dense_rank entropy favg fill first first_value fsum
    geometric_mean geomean group_concat histogram json_group_array json_group_object kurtosis lag
    last last_value lead list listagg mad max max_by mean median min min_by mode nth_value ntile
    percent_rank product quantile quantile_cont quantile_disc rank rank_dense regr_avgx regr_avgy
    regr_count regr_intercept regr_r2 regr_slope row_number skewness stddev stddev_pop
    stddev_samp string_agg sum var_pop var_samp variance weighted_avg wavg
"""
_OTHER = "nullif typeof pg_typeof constant_or_null"

FUNCTIONS = frozenset(
    " ".join((_TEXT, _NUMBERS, _TIMES, _LISTS, _JSON, _AGGREGATES, _OTHER)).split()
)

HINTS = {
    "range": "Make numbers in FROM: `from range(10)`.",
    "generate_series": "Make numbers in FROM: `from generate_series(1, 10)`.",
    "glob": "A query reads the store's tables alone.",
    "~~~": "Use `like`, or `regexp_matches`.",
    "levenshtein": "It takes quadratic time; compare with `=`, `contains` or `regexp_matches`.",
    "list_transform": "Use `unnest` in a subquery.",
    "list_filter": "Use `unnest` in a subquery.",
    "random": "Use `hash(id)`, which gives the same each time.",
}
"""What to do instead of some functions that are not on the list."""
