"""A Jinja text comes to its end, or fails with a reason; honest ones do not notice."""

import pytest

from grasp_ui.text.templates import InvalidTemplate, placeholders, template

TOO_MUCH = {
    "a loop within a loop": (
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    ),
    "a long text in a loop": f"{{% for a in range(99999) %}}{'x' * 1000}{{% endfor %}}",
    "a macro that calls itself twice": (
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}"
    ),
    "a loop that begins itself": (
        "{% for a in [1] recursive %}{% if a %}{{ loop(range(99999)) }}{% endif %}{% endfor %}"
    ),
    "a text that doubles": (
        "{% set ns = namespace(x='xx') %}"
        "{% for a in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}"
    ),
    "a sum that doubles": (
        "{% set ns = namespace(x='xx') %}"
        "{% for a in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}"
    ),
    "a block that doubles": (
        "{% set ns = namespace(x='xx') %}"
        "{% for a in range(60) %}{% set ns.x %}{{ ns.x }}{{ ns.x }}{% endset %}{% endfor %}"
    ),
    "a filter over much": "{% for a in range(99999) %}{{ range(99999) | sum }}{% endfor %}",
    "a list of itself ten times, nine times": (
        "{% set a = ['x'] %}" + "{% set a = [a, a, a, a, a, a, a, a, a, a] %}" * 9 + "{{ a }}"
    ),
    "a look into a long list": (
        "{% set xs = range(99999) | list %}{% for i in range(99999) %}{{ -1 in xs }}{% endfor %}"
    ),
    "a long list in a loop": (
        f"{{% for i in range(99999) %}}{{% set x = [{'i,' * 9999}] %}}{{% endfor %}}"
    ),
    "texts as they are needed": "{{ range(99999) | map('string') | map('center', 9999) | join }}",
    "a search in a long text": (
        "{% set a = 'x'.ljust(999999) %}{% for i in range(99999) %}{{ a.count('y') }}{% endfor %}"
    ),
}


@pytest.mark.parametrize("text", TOO_MUCH.values(), ids=TOO_MUCH)
def test_a_text_that_takes_too_much_fails_and_says_what_to_do(text: str) -> None:
    with pytest.raises(InvalidTemplate, match=r"too much work: .* Loop over less"):
        template(text, jinja=True)({})


@pytest.mark.parametrize(
    "text",
    [
        "{{ 'x' | center(10000000000) }}", "{{ 'x' | center(width=10000000000) }}",
        "{{ 'x'.ljust(10000000000) }}", "{{ '%10000000000d' | format(1) }}",
        "{{ '{:>10000000000}'.format(1) }}", "{{ '{:>{}}'.format(1, 10000000000) }}",
        "{{ [1] | tojson(indent=10000000000) }}",
        "{{ '%*d' | format(10000000000, 1) }}", "{{ [1] | batch(10000000000, 'x') | list }}",
    ],
)  # fmt: skip
def test_a_width_beyond_sense_is_refused(text: str) -> None:
    with pytest.raises(InvalidTemplate, match="1000000"):
        template(text, jinja=True)({})


def test_a_macro_that_never_ends_fails() -> None:
    text = "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"
    with pytest.raises(InvalidTemplate, match="a macro never stops calling itself"):
        template(text, jinja=True)({})


@pytest.mark.parametrize("text", [f"{{{{ {'(' * 5000}1{')' * 5000} }}}}",
                                  "{% for a in [1] %}" * 30 + "{% endfor %}" * 30])  # fmt: skip
def test_a_text_nested_too_deeply_cannot_be_read(text: str) -> None:
    with pytest.raises(InvalidTemplate, match="nested too deeply"):
        template(text, jinja=True)


def test_names_of_a_text_nested_too_deeply_cannot_be_read() -> None:
    with pytest.raises(InvalidTemplate, match="nested too deeply"):
        placeholders(f"{{{{ {'(' * 5000}1{')' * 5000} }}}}", jinja=True)


def test_lists_are_not_summed() -> None:
    with pytest.raises(InvalidTemplate, match="lists are joined with"):
        template("{{ range(9) | batch(1) | sum(start=[]) }}", jinja=True)({})


def test_a_failure_says_in_which_line() -> None:
    with pytest.raises(InvalidTemplate, match=r"failed in line 2: "):
        template("one\n{{ 1 / 0 }}\n", jinja=True)({})


def test_a_filling_has_all_its_work_again() -> None:
    filled = template("{% for a in range(90000) %}ab{{ a }}{% endfor %}", jinja=True)
    assert len({filled({}) for _ in range(12)}) == 1


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{% for r in rows if r.n > 9998 %}{{ loop.index }}:{{ r.n }}{% endfor %}", "1:9999"),
        ("{% for r in [] %}{% else %}none{% endfor %}", "none"),
        ("{% for n in tree recursive %}<{{ n.a }}{{ loop(n.k) }}>{% endfor %}", "<1<2>>"),
        ("{% for a in 'abc' %}{{ loop.cycle('x', 'y') }}{{ loop.length }}{% endfor %}", "x3y3x3"),
        ("{% macro b(x) %}[{{ caller() }}{{ x }}]{% endmacro %}"
         "{% call b(1) %}hi{% endcall %}", "[hi1]"),
        ("{% macro b(context, what) %}{{ context }}{{ what }}{% endmacro %}"
         "{{ b(what=2, context=1) }}", "12"),
        ("{% filter upper %}abc{% endfilter %}", "ABC"),
        ("{% set x | upper %}low{% endset %}{{ x }}", "LOW"),
        ("{{ 'a' ~ 1 ~ 'b' }} {{ [1] + [2] }} {{ {'a': 1}.items() | list }}",
         "a1b [1, 2] [('a', 1)]"),
        ("{{ gone | default('d') }} {{ gone is defined }}", "d False"),
        ("{{ [1, 2] | sum }} {{ rows | sum('n') }} {{ [1, 2] | sum(start=4) }}", "3 49995000 7"),
        ("{{ '{:,}'.format(8000000) }} {{ '%d' | format(8000000) }} {{ gone | default(8000000) }}",
         "8,000,000 8000000 8000000"),
        ("{% macro m(n) %}{{ n }}{% endmacro %}"
         "{{ m(8000000) }} {{ 8000000.4 | round }} {{ 8000000 | tojson }}",
         "8000000 8000000.0 8000000"),
        ("{{ 2 in [1, 2] }} {{ 'b' not in 'abc' }} {{ 3 is in [3] }} {{ (1, 2) }}",
         "True False True (1, 2)"),
        ("{{ rows | map(attribute='n') | select('gt', 9997) | list }}", "[9998, 9999]"),
        ("{% for a, b in {'x': 1}.items() %}{{ a }}{{ b }}{% endfor %}"
         "{% set c, d = 1, 2 %}{{ d }}", "x12"),
        ("{{ '%05.1f' | format(2.5) }} {{ '{:>4}'.format(7) }}", "002.5    7"),
    ],
)  # fmt: skip
def test_honest_texts_are_filled_as_jinja_has_it(text: str, filled: str) -> None:
    rows = [{"n": number} for number in range(10_000)]
    tree = [{"a": 1, "k": [{"a": 2, "k": []}]}]
    assert template(text, jinja=True)({"rows": rows, "tree": tree}) == filled
