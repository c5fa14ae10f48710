"""Everything the bot reacts to, in one table; the manifest is held against it."""

from collections.abc import Callable
from typing import Literal, NamedTuple

from bot.slack.announcing.form import NEWS_FORM
from bot.slack.announcing.listeners import handle_news_form, handle_set_news
from bot.slack.answer.buttons import ASK_HUMAN, CONTEXT, MORE, NEAREST, SHARE, SUGGESTED
from bot.slack.answer.feedback import REASON_FORM, handle_reason, handle_thumb
from bot.slack.answer.in_context import EARLIER, LATER, NEXT_QUOTE, handle_context
from bot.slack.answer.kept import WITHDRAW
from bot.slack.answer.more import handle_more, handle_nearest
from bot.slack.answer.share import SHARE_FORM, handle_share, handle_share_form
from bot.slack.answer.thumbs import THUMBS
from bot.slack.asking.episodes import handle_episodes_page, handle_pick_episode
from bot.slack.asking.form import (
    ASK,
    ASK_AGAIN,
    ASK_FORM,
    ASK_SHORTCUT,
    handle_ask,
    handle_ask_about,
    handle_ask_again,
    handle_ask_shortcut,
    handle_question,
)
from bot.slack.asking.messages import handle_mention, handle_message
from bot.slack.asking.shortcut import (
    EPISODE_SAYS,
    SHARE_BELOW,
    handle_episode_says,
    handle_share_below,
)
from bot.slack.asking.suggestion import handle_suggestion
from bot.slack.asking.workflow_step import ASK_EPISODE, handle_step
from bot.slack.blocks.episodes import ASK_ABOUT_EPISODE, NEWER, OLDER, PICK_EPISODE
from bot.slack.commands import handle_command
from bot.slack.daily.form import DAILY_FORM
from bot.slack.daily.listeners import handle_daily_form, handle_set_daily
from bot.slack.daily.message import ASK_ABOUT
from bot.slack.handoff.answer import (
    handle_human_answer,
    handle_human_answer_form,
    handle_human_resolved,
)
from bot.slack.handoff.ask import handle_ask_human, handle_human_form
from bot.slack.handoff.blocks import ANSWER, ANSWER_FORM, HUMAN_FORM, RESOLVED
from bot.slack.handoff.kept import handle_user_change, handle_withdraw
from bot.slack.help import COMMAND
from bot.slack.home.actions import (
    handle_define,
    handle_insights,
    handle_list,
    handle_report,
    handle_try,
)
from bot.slack.home.admins import INSIGHTS, MODEL_OFF, MODEL_ON, REPORT, SET_LISTENING
from bot.slack.home.blocks import DEFINE, LISTS, SET_DAILY, SET_NEWS, TRY
from bot.slack.home.listener import handle_home_opened
from bot.slack.home.model_consent import handle_model
from bot.slack.listening.form import LISTENING_FORM
from bot.slack.listening.listeners import (
    handle_listening_form,
    handle_set_listening,
    handle_stop_listening,
)
from bot.slack.listening.message import STOP_LISTENING
from bot.slack.manifest import SEARCH_EPISODES
from bot.slack.privacy.uninstall import handle_revoked, handle_uninstalled
from bot.slack.quiz.form import handle_choice, handle_quiz, handle_quiz_again
from bot.slack.quiz.views import QUIZ, QUIZ_AGAIN, QUIZ_FORM
from bot.slack.requests.people import USER_CHANGE
from bot.slack.searching.listener import handle_search
from bot.slack.unfurling.listener import handle_link_shared


class Listener(NamedTuple):
    """What is done when something by this name happens."""

    kind: Literal["command", "event", "action", "view", "shortcut", "options", "function", "search"]
    name: str
    handle: Callable[..., None]


# Everything the bot reacts to. Only the first match runs, so no two match the same thing.
LISTENERS = (
    Listener("command", COMMAND, handle_command),
    Listener("event", "app_mention", handle_mention),
    Listener("event", "message", handle_message),
    Listener("event", "app_home_opened", handle_home_opened),
    Listener("event", "link_shared", handle_link_shared),
    Listener("event", "app_uninstalled", handle_uninstalled),
    Listener("event", "tokens_revoked", handle_revoked),
    Listener("event", USER_CHANGE, handle_user_change),
    Listener("action", MORE, handle_more),
    Listener("action", NEAREST, handle_nearest),
    *(Listener("action", name, handle_suggestion) for name in SUGGESTED),
    Listener("action", CONTEXT, handle_context),
    Listener("action", EARLIER, handle_context),
    Listener("action", LATER, handle_context),
    Listener("action", NEXT_QUOTE, handle_context),
    Listener("action", SHARE, handle_share),
    Listener("view", SHARE_FORM, handle_share_form),
    Listener("action", ASK_HUMAN, handle_ask_human),
    Listener("view", HUMAN_FORM, handle_human_form),
    Listener("action", ANSWER, handle_human_answer),
    Listener("action", RESOLVED, handle_human_resolved),
    Listener("view", ANSWER_FORM, handle_human_answer_form),
    Listener("action", WITHDRAW, handle_withdraw),
    Listener("action", THUMBS, handle_thumb),
    Listener("action", ASK_ABOUT, handle_ask_about),
    Listener("action", ASK, handle_ask),
    Listener("action", ASK_AGAIN, handle_ask_again),
    Listener("action", OLDER, handle_episodes_page),
    Listener("action", NEWER, handle_episodes_page),
    Listener("action", PICK_EPISODE, handle_pick_episode),
    Listener("action", ASK_ABOUT_EPISODE, handle_pick_episode),
    Listener("action", SET_DAILY, handle_set_daily),
    Listener("action", SET_NEWS, handle_set_news),
    Listener("action", SET_LISTENING, handle_set_listening),
    Listener("action", STOP_LISTENING, handle_stop_listening),
    *(Listener("action", name, handle_try) for name in TRY),
    *(Listener("action", name, handle_list) for name in LISTS),
    Listener("action", DEFINE, handle_define),
    Listener("action", REPORT, handle_report),
    Listener("action", INSIGHTS, handle_insights),
    Listener("action", MODEL_ON, handle_model),
    Listener("action", MODEL_OFF, handle_model),
    Listener("action", QUIZ, handle_quiz),
    Listener("action", QUIZ_AGAIN, handle_quiz_again),
    Listener("view", QUIZ_FORM, handle_choice),
    Listener("shortcut", ASK_SHORTCUT, handle_ask_shortcut),
    Listener("shortcut", EPISODE_SAYS, handle_episode_says),
    Listener("action", SHARE_BELOW, handle_share_below),
    Listener("function", ASK_EPISODE, handle_step),
    Listener("search", SEARCH_EPISODES, handle_search),
    Listener("view", REASON_FORM, handle_reason),
    Listener("view", ASK_FORM, handle_question),
    Listener("view", DAILY_FORM, handle_daily_form),
    Listener("view", NEWS_FORM, handle_news_form),
    Listener("view", LISTENING_FORM, handle_listening_form),
)
