"""Questions in another language than the episode's: told so in a line of their own."""

from bot.answers.language.spoken import detector
from bot.search.tokens import STOPWORDS, words

# Chosen by hand: of an English question so many words are function words; what has fewer is looked
# at more closely, and told of only if it is surely in another language.
_ENGLISH, _SURE = 0.4, 0.8
_FEWEST_CHARACTERS = 8
_LINES = {
    "ar": "أجد فقط الأسئلة المكتوبة بالإنجليزية، لأن الحلقة بالإنجليزية.",
    "de": "Die Folge ist auf Englisch, und ich finde nur, was auf Englisch gefragt wird.",
    "es": "El episodio está en inglés, y solo encuentro lo que se pregunta en inglés.",
    "fr": "L'épisode est en anglais, et je ne trouve que ce qui est demandé en anglais.",
    "hi": "एपिसोड अंग्रेज़ी में है, और मैं केवल अंग्रेज़ी में पूछे गए सवाल समझता हूँ।",
    "it": "L'episodio è in inglese, e trovo solo ciò che viene chiesto in inglese.",
    "ja": "このエピソードは英語です。英語の質問だけにお答えできます。",
    "ko": "이 에피소드는 영어로 되어 있어서 영어로 된 질문에만 답할 수 있습니다.",
    "nl": "De aflevering is in het Engels, en ik vind alleen wat in het Engels gevraagd wordt.",
    "pl": "Odcinek jest po angielsku i znajduję tylko to, o co zapytano po angielsku.",
    "pt": "O episódio está em inglês, e só encontro o que é perguntado em inglês.",
    "ru": "Выпуск на английском, и я нахожу только то, о чём спрашивают по-английски.",
    "sv": "Avsnittet är på engelska, och jag hittar bara det som frågas på engelska.",
    "tr": "Bölüm İngilizce; yalnızca İngilizce sorulan soruları bulabiliyorum.",
    "uk": "Випуск англійською, і я знаходжу лише те, про що запитують англійською.",
    "zh": "这一集是英文的，我只能找到用英文提出的问题。",
}


def load_languages() -> None:
    """Load what the first question in another language would wait for."""
    detector("en", *_LINES)


def in_own_language(message: str) -> str | None:
    """Return a line that says the episode is in English, in the message's language.

    None for English, for a language that there is no line in, and for what might be either. The
    detector is py3langid (Lui and Baldwin, langid.py, 2012); it is loaded when first needed.
    """
    said = words(message)
    english = sum(word in STOPWORDS for word in said) >= _ENGLISH * len(said)
    if english or len(message.strip()) < _FEWEST_CHARACTERS:
        return None
    language, sure = detector("en", *_LINES).classify(message)
    return _LINES.get(language) if sure >= _SURE else None
