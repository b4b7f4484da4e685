"""What may stand in redis.url: the config tells what is wrong, and the store reads what the config takes."""

from __future__ import annotations

import pytest

from bot.config.addresses import store_complaint
from bot.store.addressing import BySentinel, FaultyAddress, Login, whereabouts

PASSWORD = "rahasia"
GOOD = (
    "redis://localhost",
    "redis://:rahasia@10.0.0.7:6379/0",
    "rediss://user:rahasia@redis.example.org:6380/2",
    "redis://[::1]:6379/0",
    "unix:///run/redis/redis.sock",
    "unix://:rahasia@/run/redis/redis.sock",
    "redis+sentinel://a:26379,b,c:26379/peers",
    "rediss+sentinel://user:rahasia@a/peers",
    "redis+cluster://:rahasia@a:7000,b:7001",
    "redis+cluster://a",
    "rediss://host?ssl_cert_reqs=none&socket_keepalive=yes",
)
BAD = {
    "localhost:6379": "server",
    "http://localhost": "server",
    "redis://": "no host",
    "redis://:rahasia@": "no host",
    "redis://host:rahasia": "port",
    "redis://host:0": "port",
    "redis://host:65536": "port",
    "redis://ho st": "port",
    "redis://a,b:6379": "several hosts",
    "redis://host/rahasia": "database",
    "unix://": "socket",
    "redis+sentinel://a,b": "service",
    "redis+sentinel://:rahasia@a,b/": "service",
    "redis+sentinel:///peers": "no host",
    "redis+cluster://": "no host",
    "redis+cluster://a,b/rahasia": "database",
}


@pytest.mark.parametrize("url", GOOD)
def test_what_the_config_takes_the_store_can_read(url: str) -> None:
    assert store_complaint(url) == ""
    whereabouts(url, "program")


@pytest.mark.parametrize("url", BAD)
def test_an_address_that_cannot_be_one_is_named_without_quoting_it(url: str) -> None:
    said = store_complaint(url)
    assert BAD[url] in said
    assert PASSWORD not in said


@pytest.mark.parametrize("option", ["colour=rahasia", "socket_timeout=rahasia", "db=rahasia"])
def test_an_option_that_the_client_does_not_know_is_refused_before_anything_is_asked(option: str) -> None:
    for url in (f"redis://host?{option}", f"redis+sentinel://a,b/peers?{option}", f"redis+cluster://a,b?{option}"):
        with pytest.raises(FaultyAddress) as refusal:
            whereabouts(url, "program")
        assert PASSWORD not in str(refusal.value)


def test_sentinels_are_given_their_own_password_and_never_the_servers() -> None:
    found = whereabouts("rediss+sentinel://user:rahasia@a,b:2/peers", "program", Login("watcher", "p@ss/word"))
    assert isinstance(found, BySentinel)
    assert found.sentinels == ("rediss://watcher:p%40ss%2Fword@a:26379", "rediss://watcher:p%40ss%2Fword@b:2")
    assert found.url == "rediss://user:rahasia@open"


def test_a_password_for_sentinels_is_not_shown() -> None:
    assert PASSWORD not in repr(Login("watcher", PASSWORD))
