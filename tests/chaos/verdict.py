"""What the checks find: violations with their evidence, and counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

ALWAYS_TOLD = (
    "crises", "faults", "freezes", "kills",
    "texts sent", "texts delivered", "texts repeated", "texts kept, nobody came", "texts whose writer was told",
)  # fmt: skip
"""Also where there was none."""


@dataclass(frozen=True, slots=True)
class Violation:
    """`kind` is one of a known few; `evidence` names chats, texts and times."""

    kind: str
    evidence: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.evidence}"


@dataclass(slots=True)
class Findings:
    """Of one check."""

    violations: list[Violation] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    spans_ms: list[int] = field(default_factory=list)
    """From each cry for help to its first alert on a counselor's phone."""

    def add(self, kind: str, evidence: str) -> None:
        self.violations.append(Violation(kind, evidence))

    def take_in(self, other: Findings) -> None:
        self.violations += other.violations
        self.counts += other.counts
        self.spans_ms += other.spans_ms

    def kinds(self) -> set[str]:
        return {one.kind for one in self.violations}

    def told(self) -> str:
        """For people: counts, times, violations."""
        counts = {**dict.fromkeys(ALWAYS_TOLD, 0), **self.counts}
        lines = [f"{name:<28}{count:>7}" for name, count in sorted(counts.items())]
        if self.spans_ms:
            spans = sorted(self.spans_ms)
            for name, part in (("p50", 0.5), ("p99", 0.99)):
                at = min(len(spans) - 1, int(len(spans) * part))
                lines.append(f"{f'crisis to alert, {name}':<28}{spans[at] / 1000:>7.1f} s")
        lines += [f"VIOLATION {one}" for one in self.violations] or ["no violation"]
        return "\n".join(lines)
