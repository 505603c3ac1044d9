"""The condition language: what it means, and what it says about what it cannot read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.detection.triggers.rules import Mistake, read_condition, require_known
from tocsin.detection.triggers.rules.expression import (
    Aggregate,
    Comparison,
    Every,
    Expression,
    Function,
    Metric,
    Not,
    Number,
    Some,
    truth,
)


def read(text: str) -> Expression:
    return read_condition(text).expression


def refused(text: str, pushed: tuple[str, ...] = ()) -> Mistake:
    with pytest.raises(Mistake) as caught:
        require_known(read_condition(text), pushed)
    return caught.value


def test_the_seeds_conditions_are_read():
    first = read("response_time > 30000 OR status_code >= 500")
    assert first == Some(
        (
            Comparison(Metric("response_time"), ">", Number(30_000, "30000")),
            Comparison(Metric("status_code"), ">=", Number(500, "500")),
        )
    )
    assert read("error_rate > 10%") == Comparison(
        Metric("error_rate"), ">", Number(0.1, "10%", "share")
    )


def test_not_binds_tighter_than_and_and_and_tighter_than_or():
    found = read("a > 1 or not b > 1 and c > 1")
    assert isinstance(found, Some)
    second = found.parts[1]
    assert isinstance(second, Every)
    assert isinstance(second.parts[0], Not)
    assert str(found) == "a > 1 OR NOT (b > 1) AND c > 1"
    assert str(read("(a > 1 or b > 1) and c > 1")) == "(a > 1 OR b > 1) AND c > 1"


@pytest.mark.parametrize("word", ["and", "AND", "And"])
def test_words_are_read_in_any_case(word: str):
    assert isinstance(read(f"a > 1 {word} b > 1"), Every)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("500ms", 500),
        ("2 s", 2_000),
        ("1.5s", 1_500),
        ("3m", 180_000),
        ("1h", 3_600_000),
        ("10%", 0.1),
        ("7B", 7),
        ("5KB", 5_000),
        ("5kib", 5_120),
        ("2MB", 2_000_000),
        ("1 GiB", 1_073_741_824),
        ("-3", -3),
        (".5", 0.5),
    ],
)
def test_units_are_read(text: str, value: float):
    found = read(f"queue.bytes-used > {text}")
    assert isinstance(found, Comparison)
    assert isinstance(found.right, Number)
    assert found.right.value == pytest.approx(value)


def test_one_equals_sign_is_as_good_as_two():
    assert str(read("up = 0")) == "up == 0"


def test_aggregates_have_a_metric_and_a_time():
    found = read("P95(response_time, 5m) > 2s")
    assert isinstance(found, Comparison)
    assert found.left == Aggregate(Function.P95, "response_time", 300, "5m")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("response_time >", "expected a number after “>” at character 16"),
        ("response_time > ٣", "“٣” means nothing here. It stands at character 17"),
        ("response_time >> 3", "expected a number after “>” at character 16"),
        ("response_time", "expected a comparison such as > after “response_time” at character 14"),
        ("", "expected a metric, such as response_time at character 1"),
        ("a > 5 and", "expected a metric, such as response_time after “and” at character 10"),
        ("(a > 5", "expected “)” after “5” at character 7"),
        ("a > 5)", "expected the end after “5” at character 6"),
        ("a > 5 b > 6", "expected AND, OR or the end after “5 b” at character 9"),
        ("avg(a) > 1", "expected “,” and a time such as 5m after “a” at character 6"),
        ("avg(a, 25h) > 1", "expected a time between 1s and 24h at character 8"),
        ("avg(a, 5) > 1", "expected a time such as 5m instead of “5” at character 8"),
        ("a > $", "“$” means nothing here. It stands at character 5"),
        ("a ≥ 4", "“≥” means nothing here; write >=. It stands at character 3"),
        ("5 > 3", "compare a metric with a number; expected a metric at character 1"),
        ("error_rate > 10", "error_rate is a share; write 10% instead of “10” at character 14"),
        ("a > 1 or\n b >", "expected a number after “>” at character 14 (line 2, column 5)"),
    ],
)
def test_a_mistake_says_what_was_expected_and_where(text: str, message: str):
    assert refused(text).message == message


def test_a_mistake_has_a_place_for_editors():
    found = refused("a > 1 or\n b > 5 parsecs")
    assert (found.position, found.line, found.column, found.length) == (17, 2, 8, 7)
    assert "expected a unit (ms, s, m, h, %" in found.message


def test_a_unit_that_cannot_be_is_refused():
    assert (
        "expected a duration such as 2s or 500ms for response_time"
        in refused("response_time > 10%").message
    )
    assert "expected a percentage such as 10%" in refused("error_rate > 5s").message
    assert "expected a plain number" in refused("count(response_time, 5m) > 5s").message


@pytest.mark.parametrize("number", ["9" * 400, "-" + "9" * 400, "9" * 306 + "h"])
def test_a_number_no_machine_can_hold_is_refused(number: str):
    found = refused(f"a > {number}")
    assert found.message == "the number is too large at character 5"


def test_true_and_false_are_no_metrics():
    told = refused("up == TRUE").message
    assert told == "there is no metric “TRUE”; did you mean “1”? It stands at character 7"


def test_an_unknown_function_is_named_with_those_that_are_there():
    message = refused("median(response_time, 5m) > 3").message
    assert message.startswith("there is no function “median” (there are avg, min, max, p50")
    assert message.endswith("at character 1")


def test_a_slip_of_a_name_is_corrected():
    message = refused("a > 1 or respons_time > 3").message
    assert "there is no metric “respons_time”; did you mean “response_time”?" in message
    assert message.endswith("at character 10")
    assert "did you mean “queue_depth”" in refused("queue_dept > 3", ("queue_depth",)).message


def test_a_name_that_somebody_pushes_is_no_slip():
    require_known(read_condition("respons_time > 3"), ["respons_time"])
    require_known(read_condition("basket_size > 3"), [])


def test_length_depth_and_terms_are_limited():
    assert "at most 500 characters" in refused("a" * 501).message
    assert "over 20 levels deep at character 22" in refused("(" * 30 + "a>1" + ")" * 30).message
    assert "over 20 levels deep" in refused("NOT " * 120 + "a>1").message
    read("(" * 20 + "a>1" + ")" * 20)
    read(" OR ".join(["a>1"] * 50))
    assert "at most 50 comparisons, this one 51" in refused(" OR ".join(["a>1"] * 51)).message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("t > 0 and u > 0", None),
        ("f > 0 and u > 0", False),
        ("t > 0 or u > 0", True),
        ("f > 0 or u > 0", None),
        ("not u > 0", None),
        ("not f > 0", True),
        ("not (t > 0 and u > 0)", None),
        ("u > 0 or u <= 0", None),
    ],
)
def test_no_data_is_unknown_and_unknown_is_never_true(text: str, expected: bool | None):
    known = {"t": 1.0, "f": 0.0, "u": None}
    assert truth(read(text), lambda one: known[one.name]) is expected


@given(st.text(alphabet="ab>=<!() ,andortpvg0159.%smh_\n≥", max_size=60))
def test_whatever_is_typed_is_read_or_refused_with_a_place(text: str):
    found = None
    try:
        read_condition(text)
    except Mistake as wrong:
        found = wrong
    if found is not None:
        assert 1 <= found.position <= len(text) + 1
        assert f"at character {found.position}" in found.message


@given(
    st.recursive(
        st.sampled_from(["a > 1", "p95(b, 5m) <= 2s", "error_rate >= 5%"]),
        lambda inner: st.one_of(
            inner.map(lambda one: f"NOT ({one})"),
            st.tuples(inner, inner).map(lambda two: f"({two[0]}) AND ({two[1]})"),
            st.tuples(inner, inner).map(lambda two: f"({two[0]}) OR ({two[1]})"),
        ),
        max_leaves=6,
    )
)
def test_what_is_written_out_is_read_back_the_same(text: str):
    found = read(text)
    assert str(read(str(found))) == str(found)
