"""HTML and Markdown are read as Telegram reads them, and refused in its words."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox import utf16
from bot.sandbox.formatting import clean, finish, parse_markup
from bot.sandbox.html_markup import TORN
from bot.sandbox.refusal import Refusal


def entity(kind: str, offset: int, length: int, **more: str) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>a</b>", "a", [entity("bold", 0, 1)]),
        ("😀<strong>a <em>b</em></strong>", "😀a b", [entity("bold", 2, 3), entity("italic", 4, 1)]),
        ("<u>a</u><s>b</s><tg-spoiler>c</tg-spoiler>", "abc", [
            entity("underline", 0, 1), entity("strikethrough", 1, 1), entity("spoiler", 2, 1)
        ]),
        ('<a href="https://x.id/?a=1&amp;b">x</a>', "x", [entity("text_link", 0, 1, url="https://x.id/?a=1&b")]),
        ('<span class="tg-spoiler">a</span>', "a", [entity("spoiler", 0, 1)]),
        ("<blockquote expandable>a</blockquote>", "a", [entity("expandable_blockquote", 0, 1)]),
        ("1 &lt; 2 &amp;&amp; &#65; &quot;&apos;", '1 < 2 && A "&apos;', []),
        ("a & b &nbsp; &ltx; &#99999999;", "a & b &nbsp; &ltx; &#99999999;", []),
        ("<b></b>a", "a", []),
        ("<B>a</b >", "a", [entity("bold", 0, 1)]),
        ("<b class=x id='y' z>a</>", "a", [entity("bold", 0, 1)]),
        ('<pre><code class="language-py">a</code></pre>', "a", [entity("pre", 0, 1, language="py")]),
        ('<code class="language-py">a</code>', "a", [entity("code", 0, 1)]),
        ("<a>x.id</a> <a>y</a>", "x.id y", [entity("text_link", 0, 4, url="x.id")]),
        ('<tg-emoji emoji-id="25">a</tg-emoji>', "a", [entity("custom_emoji", 0, 1, custom_emoji_id="25")]),
    ],
)  # fmt: skip
def test_html_becomes_text_and_entities(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert parse_markup(source, "HTML") == (text, entities)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("é<b>a</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
        ("<h1>a</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("é<b", "Unclosed start tag at byte offset 2"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<b =x>a</b>", 'Empty attribute name in the tag "b" at byte offset 0'),
        ("<b a = ", 'Unclosed start tag "b" at byte offset 0'),
        ("<b a='x>y</b>", "Unclosed start tag at byte offset 0"),
        ("<a href=https://x.id>x</a>", "Unexpected end of name token at byte offset 8"),
        ("<tg-emoji>a</tg-emoji>", "Invalid custom emoji identifier specified"),
        ('<tg-emoji emoji-id="9223372036854775808">a</tg-emoji>', "Invalid custom emoji identifier specified"),
        (
            "&#xD83D;",
            TORN,
        ),
        ('<span class="x">a</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_broken_html_is_refused(source: str, why: str) -> None:
    with pytest.raises(Refusal) as refusal:
        parse_markup(source, "HTML")
    assert refusal.value.description == f"Bad Request: can't parse entities: {why}"


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("*a* _b_ __c__ ~d~ ||e||", "a b c d e", [
            entity("bold", 0, 1), entity("italic", 2, 1), entity("underline", 4, 1), entity("strikethrough", 6, 1),
            entity("spoiler", 8, 1),
        ]),
        ("*a _b_*", "a b", [entity("bold", 0, 3), entity("italic", 2, 1)]),
        (r"1\. a\_b\!", "1. a_b!", []),
        ("`a.b`", "a.b", [entity("code", 0, 3)]),
        ("```py\na_b\n```", "a_b\n", [entity("pre", 0, 4, language="py")]),
        (r"[x](https://x.id/\))", "x", [entity("text_link", 0, 1, url="https://x.id/)")]),
        (">a\n>b\nc", "a\nb\nc", [entity("blockquote", 0, 3)]),
        (">a\n>b||\nc", "a\nb\nc", [entity("expandable_blockquote", 0, 3)]),
        (">a\n**>b||", "a\nb", [entity("blockquote", 0, 1), entity("expandable_blockquote", 2, 1)]),
        (">a||b||", "ab", [entity("blockquote", 0, 2), entity("spoiler", 1, 1)]),
        (r"[x\.id] [y]", "x.id y", [entity("text_link", 0, 4, url="x.id")]),
        ("![a](tg://emoji?id=25)", "a", [entity("custom_emoji", 0, 1, custom_emoji_id="25")]),
        ("```py a```", " a", [entity("pre", 0, 2, language="py")]),
    ],
)  # fmt: skip
def test_markdown_becomes_text_and_entities(source: str, text: str, entities: list[dict[str, Any]]) -> None:
    assert parse_markup(source, "MarkdownV2") == (text, entities)


@pytest.mark.parametrize("char", "]()>#+-=|{}.!")
def test_a_reserved_character_must_be_escaped(char: str) -> None:
    with pytest.raises(Refusal) as refusal:
        parse_markup(f"a{char}b", "MarkdownV2")
    assert refusal.value.description == (
        f"Bad Request: can't parse entities: Character '{char}' is reserved and must be escaped with the preceding '\\'"
    )
    assert parse_markup(f"a\\{char}b", "MarkdownV2") == (f"a{char}b", [])


@pytest.mark.parametrize(
    ("mark", "name"),
    [("*", "Bold"), ("_", "Italic"), ("__", "Underline"), ("~", "Strikethrough"), ("||", "Spoiler"), ("`", "Code")],
)
def test_an_entity_without_an_end_is_refused(mark: str, name: str) -> None:
    with pytest.raises(Refusal, match=f"Can't find end of {name} entity at byte offset 2"):
        parse_markup(f"é{mark}a", "MarkdownV2")


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("é```a", "Can't find end of Pre entity at byte offset 2"),
        ("```py a", "Can't find end of PreCode entity at byte offset 0"),
        ("```a `b```", "Can't find end of PreCode entity at byte offset 0"),
        ("[a](x.id", "Can't find end of a URL at byte offset 4"),
        ("[a", "Can't find end of TextUrl entity at byte offset 0"),
        ("![a", "Can't find end of CustomEmoji entity at byte offset 0"),
        ("![a]", "The entity must contain a tg://emoji or tg://time URL"),
        ("![a](https://x.id)", "Invalid tg://emoji or tg://time URL specified"),
        ("![a](tg://emoji?id=025)", "Invalid tg://emoji or tg://time URL specified"),
        (">*a\nb*", "Can't find end of Bold entity at byte offset 1"),
        (">a||b\n||c", "Can't find end of Spoiler entity at byte offset 2"),
        ("a>b", "Character '>' is reserved and must be escaped with the preceding '\\'"),
    ],
)
def test_broken_markdown_is_refused(source: str, why: str) -> None:
    with pytest.raises(Refusal) as refusal:
        parse_markup(source, "MarkdownV2")
    assert refusal.value.description == f"Bad Request: can't parse entities: {why}"


def test_the_older_markdown_knows_four_marks() -> None:
    assert parse_markup(r"*a* _b_ `c` [d](e.id) \*f.!", "Markdown") == (
        "a b c d *f.!",
        [entity("bold", 0, 1), entity("italic", 2, 1), entity("code", 4, 1), entity("text_link", 6, 1, url="e.id")],
    )


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("/start", ["bot_command"]),
        ("/start@teman_bot x", ["bot_command"]),
        ("a/b", []),
        ("halo @ab", []),
        ("harga 10.000, lihat sebaya.id dan www.x.org/a?b.", ["url", "url"]),
        ("+62 812-3456-7890", ["phone_number"]),
        ("#1", []),
        ("a@b.co.id", ["email"]),
    ],
)
def test_plain_text_has_the_entities_that_telegram_finds(text: str, kinds: list[str]) -> None:
    assert [one["type"] for one in finish(text, [])[1]] == kinds


@given(st.text())
def test_utf16_is_counted_as_the_encoding_counts(text: str) -> None:
    assert utf16.length(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2


@given(st.text(alphabet="ab<>/&;*_`[]()\\~|!. \n😀", max_size=40), st.sampled_from(["HTML", "MarkdownV2", "Markdown"]))
def test_any_text_is_read_or_refused_and_entities_lie_within_it(source: str, mode: str) -> None:
    try:
        text, entities = clean(*parse_markup(source, mode))
    except Refusal:
        return
    for one in entities:
        assert 0 <= one["offset"] < one["offset"] + one["length"] <= utf16.length(text)
        assert not utf16.splits_a_character(text, one["offset"])
