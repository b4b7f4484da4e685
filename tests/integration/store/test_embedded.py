"""The server of our own: there when it is needed, shared, and never in the way of the next start."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import redis

from bot.store import EmbeddedServer, NoServer, connect
from bot.store.embedded import LONGEST_SOCKET_PATH, socket_path

BOT = """
import asyncio, sys
from pathlib import Path
from bot.store import EmbeddedServer

async def main():
    server = EmbeddedServer(Path(sys.argv[1]))
    await server.open()
    print(server.url, flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


def another_process(data_dir: Path) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", BOT, str(data_dir)], stdout=subprocess.PIPE, text=True)


def client(server: EmbeddedServer) -> redis.Redis:
    return redis.Redis.from_url(server.url)


def server_pid(data_dir: Path) -> int:
    return int((data_dir / "redis.pid").read_text())


def runs(pid: int) -> bool:
    """A zombie whose parent does not reap it counts as gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def test_what_was_stored_is_there_after_a_stop_and_a_start(tmp_path: Path) -> None:
    for turn in range(2):
        server = EmbeddedServer(tmp_path)
        await server.open()
        with client(server) as connection:
            assert connection.incr("starts") == turn + 1
        pid = server_pid(tmp_path)
        await server.close()
        assert not socket_path(tmp_path).exists()
    for _ in range(200):
        if not runs(pid):
            return
        await asyncio.sleep(0.02)
    raise AssertionError("the server still runs")


async def test_nobody_else_can_read_the_data(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    server = EmbeddedServer(data_dir)
    await server.open()
    try:
        with client(server) as connection:
            connection.set("a", "b")
        assert data_dir.stat().st_mode & 0o777 == 0o700
        readable = [path for path in data_dir.rglob("*") if path.is_file() and path.stat().st_mode & 0o077]
        assert not [path for path in readable if path.suffix in {".aof", ".rdb", ".log", ".sock"}]
        assert not [path for path in data_dir.rglob("*") if path.is_socket() and path.stat().st_mode & 0o077]
    finally:
        await server.close()


async def test_the_server_of_a_killed_bot_is_found_and_used(tmp_path: Path) -> None:
    killed = another_process(tmp_path)
    assert killed.stdout is not None
    await asyncio.to_thread(killed.stdout.readline)
    pid = server_pid(tmp_path)
    killed.kill()
    killed.communicate()
    assert runs(pid)
    server = EmbeddedServer(tmp_path)
    await server.open()
    assert server_pid(tmp_path) == pid
    await server.close()
    assert not socket_path(tmp_path).exists()


async def test_a_killed_server_leaves_a_socket_that_does_not_hinder_and_loses_nothing(tmp_path: Path) -> None:
    first = EmbeddedServer(tmp_path)
    await first.open()
    with client(first) as connection:
        for number in range(50):
            connection.rpush("acknowledged", number)
    os.kill(server_pid(tmp_path), signal.SIGKILL)
    assert socket_path(tmp_path).exists()
    second = EmbeddedServer(tmp_path)
    await second.open()
    with client(second) as connection:
        assert connection.llen("acknowledged") == 50
    await second.close()
    with client(second) as connection:
        assert connection.ping()  # the first still uses it
    await first.close()


async def test_a_server_that_is_silent_for_a_while_is_waited_for_and_never_doubled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two servers over one append-only file would each undo what the other has written."""
    monkeypatch.setattr(connect.Wire.__init__, "__defaults__", (0.1,))
    first, second = EmbeddedServer(tmp_path), EmbeddedServer(tmp_path)
    await first.open()
    pid = server_pid(tmp_path)
    os.kill(pid, signal.SIGSTOP)
    await first.tend()
    opening = asyncio.create_task(second.open())
    done, _ = await asyncio.wait([opening], timeout=0.5)
    assert not done
    os.kill(pid, signal.SIGCONT)
    await opening
    with client(first) as connection:
        assert connection.info("server")["process_id"] == server_pid(tmp_path) == pid
    assert (tmp_path / "redis.log").read_text().count("Server initialized") == 1
    os.kill(pid, signal.SIGKILL)
    await first.tend()
    assert server_pid(tmp_path) != pid
    await first.close()
    await second.close()


async def test_an_append_only_file_cut_short_at_its_end_starts(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path)
    await server.open()
    with client(server) as connection:
        connection.set("whole", "1")
        connection.set("cut", "1")
    os.kill(server_pid(tmp_path), signal.SIGKILL)
    (append_only,) = await asyncio.to_thread(lambda: list(tmp_path.rglob("*.incr.aof")))
    append_only.write_bytes(append_only.read_bytes()[:-3])
    again = EmbeddedServer(tmp_path)
    await again.open()
    with client(again) as connection:
        assert (connection.get("whole"), connection.get("cut")) == (b"1", None)
    await server.close()
    await again.close()


async def test_processes_that_start_at_once_share_one_server_and_the_last_shuts_it_down(tmp_path: Path) -> None:
    processes = [another_process(tmp_path) for _ in range(3)]
    for process in processes:
        assert process.stdout is not None
        assert "unix://" in await asyncio.to_thread(process.stdout.readline)
    pid = server_pid(tmp_path)
    log = (tmp_path / "redis.log").read_text()
    assert log.count("Server initialized") == 1
    last = EmbeddedServer(tmp_path)
    await last.open()
    for process in processes:
        process.kill()
        process.communicate()
    assert runs(pid)
    await last.close()
    assert not socket_path(tmp_path).exists()


async def test_an_interrupt_in_the_terminal_does_not_reach_the_server(tmp_path: Path) -> None:
    server = EmbeddedServer(tmp_path)
    await server.open()
    pid = server_pid(tmp_path)
    assert os.getsid(pid) != os.getsid(0)
    assert os.getpgid(pid) != os.getpgid(0)
    await server.close()


async def test_a_data_folder_with_a_long_name_gets_a_short_socket(tmp_path: Path) -> None:
    data_dir = tmp_path / ("long" * 30)
    server = EmbeddedServer(data_dir)
    await server.open()
    try:
        assert len(str(socket_path(data_dir))) <= LONGEST_SOCKET_PATH
        with client(server) as connection:
            assert connection.ping()
    finally:
        await server.close()


async def test_a_server_that_cannot_start_says_where_to_look(tmp_path: Path) -> None:
    (tmp_path / "appendonlydir").write_text("in the way")
    server = EmbeddedServer(tmp_path)
    started = time.monotonic()
    with pytest.raises(NoServer, match=r"redis\.log"):
        await server.open()
    assert time.monotonic() - started < 10
    await server.close()
