from bot.answers import Consulted
from bot.answers.model import Outcome as Became
from bot.evaluation import Comparison, Report
from bot.evaluation.metrics import Outcome
from bot.evaluation.questions import Question, Shown

CAN = Question("q1", "how", "How?", ("gold",), ())
CANNOT = Question("q2", "how", "Why not?", (), ())


def asked(question: Question, said: str, outcome: Became | None = None) -> Outcome:
    quotes = (Shown(said),) if said else ()
    consulted = Consulted("gpt", outcome, 50, 0.5) if outcome else None
    return Outcome(question, quotes, 0.5, consulted=consulted)


LOCAL = Report((asked(CAN, "wrong"), asked(CANNOT, "wrong")))
WITH = Report((asked(CAN, "gold", "pointed"), asked(CANNOT, "", "declined")))
FAILED = Report((asked(CAN, "wrong", "failed"), asked(CANNOT, "wrong")))
BOTH = Comparison(LOCAL, {"gpt": WITH, "other": FAILED})


def test_figures_with_and_without_stand_side_by_side() -> None:
    rows = {line[:18].strip(): line[18:].split() for line in BOTH.table()}
    assert rows[""] == ["no", "model", "gpt", "other"]
    assert rows["first"] == ["0.000", "1.000", "0.000"]
    assert rows["declined"] == ["0.000", "1.000", "0.000"]


def test_what_became_of_it_and_what_it_took_is_told() -> None:
    rows = {line[:18].strip(): line[18:].split() for line in BOTH.table()}
    assert rows["asked"] == ["2", "1"]
    assert rows["pointed"] == ["1", "0"]
    assert rows["it chose none"] == ["1", "0"]
    assert rows["failed"] == ["0", "1"]
    assert rows["tokens"] == ["100", "50"]
    assert rows["mean seconds"] == ["0.50", "0.50"]


def test_a_model_that_was_never_asked_has_no_mean() -> None:
    rows = {
        line[:18].strip(): line[18:].split() for line in Comparison(LOCAL, {"gpt": LOCAL}).table()
    }
    assert (rows["asked"], rows["mean seconds"]) == (["0"], [])


def test_the_table_stands_below_the_figures_without_a_model() -> None:
    assert BOTH.as_text().startswith(LOCAL.as_text())
    assert BOTH.as_text().endswith("\n".join(BOTH.table()))


def test_json_has_the_figures_without_a_model_as_ever_and_each_models_beside_them() -> None:
    held = BOTH.as_json()
    models = held.pop("models")
    assert held == LOCAL.as_json()
    assert models["gpt"]["first"] == 1.0
    assert models["gpt"]["model"] == {
        "asked": 2,
        "agreed": 0,
        "pointed": 1,
        "declined": 1,
        "failed": 0,
        "tokens": 100,
        "seconds": 0.5,
    }
