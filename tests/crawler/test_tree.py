import re
import warnings
from typing import Any

import pytest
from bs4 import BeautifulSoup, PageElement, Tag
from hypothesis import given
from hypothesis import strategies as st

from crawler.extraction.tree import tree
from crawler.feeds import feed_posts
from tests.support.pages import capture, extracted

PIECES = re.split(
    r"[|\n]+",
    """<p>|</p>|<div class='a b'>|</div>|<pre>|</pre>|<textarea>|</textarea>|<script>|</script>|<style>|</style>|<li>
<ul>|<template>|</template>|<rt>|</rt>|<rp>|<b>|</i>|<!-- a -->|<!---->|<!doctype html>|<![CDATA[x]]>|<?php x ?>
<select>|<html lang=x>|<body class=q>|</body>|</html>|<head>|</head>|<title>|</title>|<meta charset=latin-1>|</a>
<option>|<xmp>
<a href=x rel='a b'>|<meta http-equiv=content-type content='text/html; charset=x'>|<table>|<tr>|<td headers='a b'>
</table>|<svg:rect>|<svg xmlns='http://www.w3.org/2000/svg'>|</svg>|<p xml:lang=en a a=2>|<br>|</br>|<img src=a alt=b>
<noscript>|<frameset>|<base href=/>|<iframe sandbox='a b'>|<P>|<plaintext>|<|</|<!|<p|words|&amp;|&nosuch;|&#0;|&#133;
<!DOCTYPE html PUBLIC "-//W3C" "http://www.w3.org/">|\ufeff|é|\U0001f600""",
)
"""What pages are made of, and what they should not be."""
LINKS = ("parent", "next_element", "previous_element", "next_sibling", "previous_sibling")


def told(soup: BeautifulSoup) -> list[Any]:
    """All that can be seen of a tree: each node with its attributes and with the numbers of those it is linked to."""
    nodes: list[PageElement] = [soup, *soup.descendants]
    numbers = {id(node): number for number, node in enumerate(nodes)}
    return [
        (
            type(node),
            str(node) if not isinstance(node, Tag) else [(type(value), value) for value in node.attrs.values()],
            [numbers[id(linked)] if (linked := getattr(node, link)) is not None else None for link in LINKS],
            {name: value for name, value in vars(node).items() if name not in {*LINKS, "contents"}},
            [numbers[id(child)] for child in node.contents] if isinstance(node, Tag) else None,
        )
        for node in nodes
        if node is not soup
    ]


@given(st.lists(st.sampled_from([*PIECES, " ", "\n", " \n\t", "\xa0", "\x0b"]), max_size=40))
def test_the_tree_of_any_page_is_the_one_beautifulsoup_makes(pieces: list[str]) -> None:
    html = "".join(pieces)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = BeautifulSoup(html if "<" in html else f"{html}\n", "lxml")
    assert told(tree(html)) == told(expected)


def test_an_attribute_in_braces_is_in_no_namespace() -> None:
    tag = tree("<p {index}=1>words</p>").p
    assert tag is not None
    assert tag.attrs == {"{index}": "1"}


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<?xml version="1.0"?><div><p>Privacy</p></div>', "Privacy\n"),
        ("https://www.example.org/privacy.html", "https://www.example.org/privacy.html\n"),
        ("privacy.txt", "privacy.txt\n"),
    ],
)
def test_a_page_that_looks_like_xml_or_the_name_of_one_gives_no_warning(html: str, text: str) -> None:
    assert extracted(html).text == text


def test_a_post_named_like_a_file_gives_no_warning() -> None:
    feed = "<rss><channel><item><title>robots.txt</title><link>https://www.example.org/1</link></item></channel></rss>"
    posts = feed_posts(capture(feed, content_type="application/rss+xml"))
    assert isinstance(posts, tuple)
    assert [post.title for post in posts] == ["robots.txt"]
