"""What of an episode itself may be asked for, and the words that such a question is made of."""

import re
from dataclasses import dataclass

WORDS_AROUND = frozenset(
    """
        a all again an and are about at be can complete did do does episode ep for from
        full give got had has have here i in is it its it's just key list main me my name
        of on one ones only out please podcast practical read remind s say says session
        show so tell that that's the their them there these they this those to today up us
        walk was were what what's whats which with you your through exactly again covered
        cover covers called episode's now summary summarize recap quick overview number no
        transcript guys
    """.split()
)


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of intent: what names it, and what else may stand in such a question."""

    kind: str
    names: re.Pattern[str]
    others: frozenset[str] = frozenset()
    numbered: bool = False


def _subject(kind: str, names: str, others: str = "", *, numbered: bool = False) -> Subject:
    return Subject(kind, re.compile(names), frozenset(others.split()), numbered=numbered)


# A summary of all, however short: `recap in terms of privacy` asks for something else.
_SUMMARY = (
    r"^(?:(?:an? |the )?(?:(?:brief|full|little|quick|short) )?(?:summary|recap|overview|gist)"
    r"|(?:summari[sz]e|sum up|recap)(?: (?:all|everything|(?:the|this) (?:episode|podcast)))?)"
    r"(?: (?:briefly|quickly|please|for (?:me|us)|(?:in|as) (?:(?:an?|one|two|three|four|five|few"
    r"|plain|short|simple|\d) )*(?:bullets?|bullet points?|english|lines?|minutes?|nutshell"
    r"|paragraphs?|points?|sentences?|words?)))*$"
)
# A quote of whatever: takeaways are meant to be quoted.
_QUOTES = (
    r"^(?:(?:are|can|could|do|get|give|got|have|i|is|me|share|show|there|us|we|what(?:'s|s| is)?"
    r"|you) )*(?:(?:a|any|best|favou?rite|good|great|key|memorable|most|notable|one|random|some"
    r"|the|three|top|two|your|\d) )+quotes?(?: please)?$|^quotes?(?: please)?$"
)

SUBJECTS = (
    _subject(
        "takeaway",
        rf"{_SUMMARY}|"
        r"\btake-? ?aways?\b|\b(?:key|main|closing|final|practical|big) (?:points?|lessons?|list"
        r"|learnings?|conclusions?|messages?)\b|\blessons?\b|^tl ?dr\b"
        r"|\b(?:summary|summari[sz]e|recap|overview|gist)\b"
        r"(?=.*\b(?:episode|podcast|show)\b)"
        rf"|{_QUOTES}",
        "top learn learned @ end final closing conclusion board",
        numbered=True,
    ),
    _subject(
        "outline",
        r"\b(?:segments?|outline|agenda|chapters?|table of contents|sections?|topics|structure"
        r"|parts?|running order)\b"
        r"|\b(?:episode|podcast|show) (?:structured|divided|split|organi[sz]ed)\b"
        r"|^what(?:'s|s)?(?: (?:all|are|did|do|does|episode|hosts?|is|podcast|show|the|they|this"
        r"|was|were))* (?:cover(?:s|ed)?|discuss(?:ed|es)?|talk(?:s|ed|ing)? about)\b"
        r"|^what(?:'s|s| is) in (?:the|this) (?:episode|podcast)$",
        "how many long minutes structured divided split organized organised discuss discussed talk"
        " title titles into",
        numbered=True,
    ),
    _subject(
        "terms",
        r"\b(?:terms|glossary|vocabulary|(?:reference|cheat) ?-?sheet|key concepts"
        r"|terminology|definitions)\b",
        "define defined explained know concepts reference sheet which",
    ),
    _subject(
        "duration",
        r"\b(?:duration|runtime|run time|running time)\b|\bhow (?:long|many minutes|much time)\b"
        r"(?=.*\b(?:episode|podcast|show|listen|run|thing|recording|audio)\b)|^how long is it$"
        r"|\blength\b(?=.*\b(?:episode|podcast|show)\b)",
        "how long many minutes much time take takes need listen listening whole thing run hours"
        " hour length recording audio last lasts block calendar will",
    ),
    _subject(
        "previous",
        r"\b(?:previous|last|prior|earlier|preceding|foundations?)\b.*\bepisode\b|\bepisode\b.*"
        r"\bbefore\b|\bprevious(?:ly)?\b|^what (?:was|came|happened) before\b",
        "previous last prior earlier preceding foundation foundations before topic talk talked"
        " discuss discussed title happened came subject",
    ),
    _subject(
        "next",
        r"\b(?:next|upcoming|following|coming)\b.*\b(?:episode|time|week|one|show|topic|up)\b"
        r"|\bepisode\b.*\b(?:after|next)\b|^what(?:'s|s| is| comes| will come)"
        r" (?:coming|next|up next)\b",
        "next upcoming following coming up after topic time week talk discuss title subject comes"
        " come will be gonna going week's episode",
    ),
    _subject(
        "hosts",
        r"\bhosts?\b|\bhosted\b|\bpresenters?\b|\bspeakers?\b"
        r"|^who(?:'s|s| is| are|se)?\b.*\b(?:talking|speaking|presenting|hosting|in this|on this"
        r"|voices?)\b|^who(?:'s|s| is| are)? (?:on|in) (?:it|the (?:episode|podcast|show))\b"
        r"|^who(?:'s|s| is| are)(?: @(?: and)?)+$",
        "who who's whos whose hosting hosted host hosts talking speaking presenting presenters"
        " presenter speakers speaker names role roles people voices @ or",
    ),
    _subject(
        "about",
        r"^(?:the )?episode$|\b(?:title|called)\b|\bname of\b|\bwhat(?:'s|s| is)\b.*"
        r"\b(?:episode|podcast|show)\b.*\babout\b|^what(?:'s|s| is) this(?: all)? about$"
        r"|^(?:what|which) (?:episode|podcast|show) (?:are you quoting|is (?:it|that|this))\b",
        "title called subject",
    ),
)
