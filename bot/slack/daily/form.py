"""The form for a channel's daily takeaway: built, and read when it comes back. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Annotated

import msgspec

from bot.daily.time_zones import UTC, find_zone, places, shown
from bot.daily.zone_tables import regions
from bot.slack.blocks.elements import Block, plain
from bot.slack.blocks.modals import TEXT, chosen, field, filled, modal, option, radio, submit
from bot.slack.daily.command import USUAL_TIME, Off, On
from bot.slack.posting.forms import NO_CHANNEL, NO_STATE, STATES, channel_field, channel_in
from bot.storage import Subscription

DAILY_FORM = "daily_form"
TITLE = "Daily takeaway"
# https://docs.slack.dev/reference/block-kit/composition-objects/option-group-object
_MOST_OPTIONS = 100
_DAYS = {"weekdays": "On weekdays", "all": "Every day"}
_FAULTS = {
    "channel": NO_CHANNEL,
    "time": "Choose a time.",
    "zone": "Choose a time zone.",
    "days": "Choose the days.",
    "state": NO_STATE,
}


@dataclass(frozen=True, slots=True)
class Submitted:
    """What a person has filled in."""

    channel_id: str
    wish: On | Off


def daily_form(channel_id: str, current: Subscription | None, own_zone: str | None) -> Block:
    """Return the form, filled in with what is kept of the channel, else with the usual."""
    zone = find_zone(current.zone if current else own_zone or "") or UTC
    at = current.local_time if current else USUAL_TIME
    days = "weekdays" if current is None or current.weekdays else "all"
    return modal(
        TITLE,
        [
            channel_field(channel_id),
            field("time", "Time", {"type": "timepicker", "initial_time": f"{at:%H:%M}"}),
            field("zone", "Time zone", _zone(zone)),
            field("days", "Days", radio(_DAYS, days)),
            field("state", "State", radio(STATES, "on")),
        ],
        close="Cancel",
        submit=submit("Save"),
        callback_id=DAILY_FORM,
    )


def outcome_view(blocks: Sequence[Block]) -> Block:
    """Return what the form turns into once it is sent."""
    return modal(TITLE, blocks)


def read_form(view: Block) -> Submitted | dict[str, str]:
    """Return what was filled in, or what is wrong with it by the input's `block_id`."""
    channel, clock = channel_in(view), filled(view, "time", _Time)
    zone, days, state = (chosen(view, name) for name in ("zone", "days", "state"))
    if channel and clock and find_zone(zone) == zone and days in _DAYS and state in STATES:
        on = On(time.fromisoformat(clock.selected_time), zone, days == "weekdays")
        return Submitted(channel, on if state == "on" else Off())
    right = {
        "channel": channel is not None,
        "time": clock is not None,
        "zone": find_zone(zone) == zone,
        "days": days in _DAYS,
        "state": state in STATES,
    }
    return {name: _FAULTS[name] for name, well in right.items() if not well}


class _Time(msgspec.Struct):
    selected_time: Annotated[str, msgspec.Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


def _zone(initial: str) -> Block:
    """Return every zone under its region, and `initial` too if it is an old name."""
    known = regions({*places(), initial}, _MOST_OPTIONS)
    groups = [
        {"label": plain(region, TEXT), "options": [option(zone, shown(zone)) for zone in zones]}
        for region, zones in known.items()
    ]
    chosen = option(initial, shown(initial))
    return {"type": "static_select", "option_groups": groups, "initial_option": chosen}
