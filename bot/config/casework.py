"""The part of the config that the daily work reads, in the form in which the handlers know it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from bot.casework.settings import Settings
from bot.config.sections import Config


def casework_settings(config: Config) -> Settings:
    program, matching, crisis = config.program, config.matching, config.crisis
    return Settings(
        program=program.name,
        languages=program.languages,
        region=program.region,
        age=program.age,
        entry_code=program.entry_code,
        consent_version=program.consent_version,
        timezone=ZoneInfo(program.timezone),
        shared_bot=config.telegram.shared_bot,
        offer_ms=matching.offer,
        capacity=matching.capacity,
        rest_ms=matching.rest,
        certificate_ms=matching.certificate,
        rechecks_ms=config.waiting.rechecks,
        idle_ms=config.talk.idle,
        alarms_ms=crisis.alarms,
        lease_ms=crisis.lease,
        lease_warning_ms=crisis.lease_warning,
        claims=crisis.claims,
        ask_again_ms=config.screening.ask_again,
        burst_ms=config.screening.burst,
        relayed_kinds=frozenset(config.talk.relay),
        keep_closed_ms=config.retention.closed,
        keep_unconsented_ms=config.retention.unfinished,
        keep_candidates_ms=config.retention.candidates,
    )
