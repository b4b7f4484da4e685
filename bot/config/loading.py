"""Reads config.yaml and the environment into one frozen `Config`, or tells every fault at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from bot.config.environment import apply_overrides, fill_references
from bot.config.faults import faults_of
from bot.config.sections import TELEGRAM, Config, Telegram
from bot.config.tree import Tree, tree_of
from bot.content.reader import read_yaml
from bot.model.source import Fault, FaultyContent, Place

FILE = "config.yaml"
PROJECT = Path(__file__).resolve().parents[2]


def default_path() -> Path:
    """config.yaml in the current folder; where there is none, the one that came with the program."""
    here = Path(FILE)
    return here if here.exists() else PROJECT / FILE


def load(path: Path, environ: Mapping[str, str]) -> Config:
    """Raises FaultyContent with every fault found."""
    tree = _tree(path)
    faults = apply_overrides(tree, Config, environ) + fill_references(tree, environ)
    missing = {fault.place for fault in faults}
    try:
        config = Config.model_validate(tree.values)
    except ValidationError as trouble:
        faults += [fault for fault in faults_of(trouble, tree, Config) if fault.place not in missing]
        raise FaultyContent(tuple(sorted(faults))) from None
    if faults:
        raise FaultyContent(tuple(sorted(faults)))
    return config.model_copy(update={"content_dir": _content_dir(config.content_dir, path)})


def require_ready(config: Config, path: Path) -> None:
    """What `run` needs beyond a sound file. Raises FaultyContent."""
    tree = _tree(path)
    faults = []
    if not config.telegram.bots.student.token.get_secret_value():
        place = tree.place_of(("telegram", "bots", "student", "token"))
        message = "telegram.bots.student.token is empty"
        faults.append(Fault(place, message, "Get a token from @BotFather and set SEBAYA_STUDENT_TOKEN to it."))
    if config.telegram.by_webhook:
        faults += _webhook_faults(config.telegram, tree)
    if faults:
        raise FaultyContent(tuple(sorted(faults)))


def _webhook_faults(telegram: Telegram, tree: Tree) -> list[Fault]:
    faults = []
    url = telegram.webhook.url
    place = tree.place_of(("telegram", "webhook", "url"))
    if not url:
        remedy = "Write the public https:// address that leads to the web port, or use telegram.mode: polling."
        faults.append(Fault(place, "telegram.webhook.url is empty", remedy))
    elif not url.startswith("https://") and telegram.api_base == TELEGRAM:
        faults.append(Fault(place, "telegram.webhook.url is not https", "Telegram sends to https:// addresses only."))
    if not telegram.webhook.secret.get_secret_value():
        place = tree.place_of(("telegram", "webhook", "secret"))
        remedy = "Set SEBAYA_WEBHOOK_SECRET, for instance to what `openssl rand -hex 32` prints."
        faults.append(Fault(place, "telegram.webhook.secret is empty", remedy))
    return faults


def _tree(path: Path) -> Tree:
    """Raises FaultyContent when the file is not there or is no sound YAML."""
    name = path.name
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise _refused(Place(name, 0), "is not UTF-8 text", "Save it as UTF-8.") from None
    except OSError:
        raise _refused(Place(name, 0), "cannot be read", "Name a file that is there with --config FILE.") from None
    if all(not line.strip() or line.lstrip().startswith("#") for line in text.splitlines()):
        return Tree(name)  # the defaults, and what the environment says
    node, faults = read_yaml(text, name)
    if node is None or faults:
        raise FaultyContent(faults)
    if node.mapping is None:
        raise _refused(node.place, "must be keys and values", "Start from the config.yaml that came along.")
    return tree_of(node, name)


def _refused(place: Place, message: str, remedy: str) -> FaultyContent:
    return FaultyContent((Fault(place, message, remedy),))


def _content_dir(wanted: Path, path: Path) -> Path:
    """Looked for in the current folder, then beside the config file, then beside the program."""
    for base in (Path(), path.parent, PROJECT):
        if (base / wanted).is_dir():
            return base / wanted
    return wanted
