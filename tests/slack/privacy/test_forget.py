import pytest

from bot.slack.privacy.forget import asks_for_privacy, asks_to_be_forgotten, privacy_message
from tests.fakes.hostile import HOSTILE
from tests.fakes.limits import block_faults


@pytest.mark.parametrize("text", ["privacy", "Privacy?", "PRIVACY."])
def test_privacy_is_a_word_of_its_own(text: str) -> None:
    assert asks_for_privacy(text)


@pytest.mark.parametrize("text", ["privacy of training data?", "my privacy", ""])
def test_a_question_about_privacy_is_a_question(text: str) -> None:
    assert not asks_for_privacy(text)


@pytest.mark.parametrize("text", ["forget me", "Forget  me.", "FORGET ME!"])
def test_the_exact_words_have_all_forgotten(text: str) -> None:
    assert asks_to_be_forgotten(text)


@pytest.mark.parametrize("text", ["forget me not", "forget", "do models forget me?", "forget him"])
def test_nothing_else_has(text: str) -> None:
    assert not asks_to_be_forgotten(text)


def test_it_says_what_is_kept_for_how_long_and_how_it_goes() -> None:
    message = privacy_message(30)
    assert block_faults(message["blocks"]) == []
    assert "A question that you hand to a person" in message["text"]
    for words in ("30 days", "Your name is not kept", "`/llm forget me`", "without names"):
        assert words in message["text"]
    assert "Of a thread that I take part in" in message["text"]
    assert "After 1 day all" in privacy_message(1)["text"]


def test_a_language_model_that_sees_questions_is_named_first_with_all_that_it_sees() -> None:
    own = privacy_message(30)["text"]
    said = privacy_message(30, "gpt-x at api.example.com")["text"]
    first, _, rest = said.partition("\n")
    assert rest == own
    for words in (
        "gpt-x at api.example.com",
        "your question",
        "the thread's earlier questions",
        "up to twelve passages",
        "never who asked",
        "nothing that it writes is shown",
    ):
        assert words in first
    assert "language model" not in own


def test_only_a_model_that_is_hosted_elsewhere_can_be_turned_off() -> None:
    hosted = privacy_message(30, "gpt-x at api.example.com", hosted=True)["text"]
    assert "An admin of your workspace can turn it off on my Home." in hosted
    assert "turn it off" not in privacy_message(30, "qwen3 at localhost")["text"]


@pytest.mark.parametrize("name", [*HOSTILE, "{}", "`x`"])
def test_whatever_a_model_is_called_slack_takes_it(name: str) -> None:
    message = privacy_message(30, name, hosted=True)
    assert block_faults(message["blocks"]) == []
    assert "<!channel>" not in message["text"]
