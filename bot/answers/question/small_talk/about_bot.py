"""Questions to the bot about itself: what it is, how it is used, what it keeps.

No episode answers them. What may be asked of the hosts, or of anybody (`do you use RAG?`), is to be
left alone: in 21,000 questions that were written to learn from, none that an episode answers reads
like this.
"""

import re

_BOT = r"(?:you|u|this bot)"  # `the bot` may be anybody's
_WHAT = re.compile(
    r"(?:so |and |hey |hi )*(?:who|what) (?:are|r) (?:you|u)\b(?! (?:recommend|suggest|use))"
    r"|\bare (?:you|u) (?:a |an |even |just )*(?:real|human|person|bot|robot|ai|llm|gpt\S*|chatgpt"
    r"|claude|machine)\b"
    r"|\b(?:am i|are we) (?:talking|speaking|chatting) (?:to|with) (?:a|an)\b"
    r"|^what (?:can|do) (?:you|u) (?:do|know)(?: about| for me| here)?(?:$| list\b)"
    r"|^(?:do you have|what's|what is) (?:a |your )name"
    r"|^tell me a joke|^(?:do|can) you (?:ever )?(?:sleep|dream|love me|get tired|feel (?:anything"
    r"|emotions?|pain))$"
    r"|\bwho (?:made|built|created|wrote|trained|owns|runs|maintains|pays) (?:you|u|this bot)"
    r"(?: bot)?(?:$| and\b)|\b(?:which|what) (?:\w+ ){0,2}(?:model|llm) (?:(?:are|do) )?(?:you|u)"
    r" (?:based|built|run|running)(?: on)?(?: bot| under the hood)?$"
)
_USE = (
    r"(?:add|ask|call|configure|contact|disable|install|invite|mute|remove|set up|silence|stop"
    r"|talk to|turn off|uninstall|use)"
)
_MINE = (
    r"(?:(?:my|our) (?:chats?|conversations?|data|history|messages?|name|questions?)"
    r"|what (?:i|we) (?:ask|asked|say|said|type|typed|write|wrote))"
)
_HELP = re.compile(
    r"(?:(?:can|could|will|would) (?:you|u|someone|anyone) |please |i need (?:some )?)*"
    r"help(?: me| us)?(?: out)?(?: please)?"
    r"|(?:(?:show|list|what are|the|your|all) )*commands?(?: list)?"
    r"|(?:what|which) commands (?:are (?:available|there)|can i (?:type|use)"
    r"|do (?:you|u) (?:have|know|understand))"
    r"|what (?:(?:kind of |sort of )?questions )?(?:can|could|may) i ask"
    r"(?: (?:you|u|here|this bot|about))*"
    rf"|how (?:to|(?:can|could|do|does|should|would) (?:i|we|one|people)) {_USE} {_BOT}\b.{{0,40}}"
    rf"|(?:can|could|may) (?:i|we) {_USE} {_BOT}\b.{{0,40}}"
    rf"|how (?:do|does) {_BOT} work"
    r"|(?:do|will|can) (?:you|u) (?:keep|log|record|remember|save|share|sell|store|track) "
    rf"(?:a record of |track of |all |any of )*{_MINE}\b.{{0,40}}"
    rf"|(?:how|where) (?:do|will) (?:you|u) (?:handle|keep|save|store|use) {_MINE}\b.{{0,40}}"
    r"|what (?:data )?do (?:you|u) (?:keep|know|save|store) (?:about|of|on) (?:me|us)"
    r"|(?:how many|which|what) (?:episodes|podcasts|shows) (?:can (?:you|u) search(?: through)?"
    r"|do (?:you|u) (?:have|know)(?: about| loaded)?|have (?:you|u) (?:indexed|loaded))"
    r"|(?:list|show)(?: me)?(?: all)?(?: the| your)? episodes|how many episodes(?: are there)?"
    r"|(?:what|which) languages (?:can|do|does) (?:you|u|this bot) (?:answer|read|speak|understand)"
    r"\b.{0,30}"
    r"|(?:how (?:to|(?:can|do) (?:i|we)) )?(?:get|schedule|set up|subscribe to|turn off|turn on) "
    r"(?:an? |the |your )?daily (?:message|post|quote|takeaway)s?\b.{0,40}|unsubscribe(?: me)?"
    r"|(?:(?:can|could|will|would) (?:you|u) |please )*(?:introduce yourself|mute yourself\b.{0,30}"
    r"|stop (?:dming|messaging|notifying|pinging|posting|sending me|spamming)\b.{0,30})"
)


def asks_what_it_is(said: str) -> bool:
    """Return whether words in lower case ask the bot what it is, or to be a person."""
    return _WHAT.search(said) is not None


def asks_for_help(core: str) -> bool:
    """Return whether a question, in lower case and without courtesy, asks how the bot is used."""
    return _HELP.fullmatch(core.strip("?!. ,")) is not None
