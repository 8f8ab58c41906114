"""Tree: a page as BeautifulSoup's own builder over lxml would give it, in a third of its time.

That builder serves XML too, and copes at every tag with what lxml's parser of HTML never does: namespaces, ends that
have no beginning. What is made here has the very same attributes and links: a test holds the two against each other.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bs4 import BeautifulSoup, Comment, Doctype, NavigableString, PageElement, ProcessingInstruction, Tag
from bs4.builder import LXMLTreeBuilder  # type: ignore[attr-defined, unused-ignore]
from lxml import etree

_SPACES = BeautifulSoup.ASCII_SPACES
_MAIN = Tag.MAIN_CONTENT_STRING_TYPES  # type: ignore[attr-defined, unused-ignore]
_NAMESPACES = LXMLTreeBuilder.DEFAULT_NSMAPS


def tree(html: str) -> BeautifulSoup:
    """The page as a tree. Whatever it is made of, some tree comes of it."""
    # without any mark, BeautifulSoup would warn of what might be the name of a page
    return BeautifulSoup(html if "<" in html else f"{html}\n", builder=_Builder())


class _Builder(LXMLTreeBuilder):  # type: ignore[misc, unused-ignore]
    """Lets lxml tell a `_Planter` what it finds, instead of itself."""

    def prepare_markup(self, markup: str, *_: object, **__: object) -> Iterator[tuple[str, None, None, bool]]:
        """Called by BeautifulSoup; its own warns of pages that begin like XML."""
        yield markup.removeprefix("\ufeff"), None, None, False

    def feed(self, markup: str) -> None:
        """Called by BeautifulSoup."""
        parser = etree.HTMLParser(target=_Planter(self))
        parser.feed(markup)
        parser.close()


class _Planter:
    """Told by lxml of each piece of a page in turn, puts it into the tree."""

    def __init__(self, builder: _Builder) -> None:
        assert builder.soup is not None  # it is being filled
        self._builder = builder
        self._parent: Tag = builder.soup
        self._last: PageElement | None = None
        self._words: list[str] = []
        self._kind: type[NavigableString] = NavigableString  # of the words that stand here
        self._verbatim = False  # white space counts here
        self._open: list[tuple[Tag, type[NavigableString], bool]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if self._words:
            self._say(self._kind)
        tag = self._tag(name, attributes)
        self._place(tag)
        self._open.append((self._parent, self._kind, self._verbatim))
        self._parent = tag
        if name in self._builder.string_containers:
            self._kind = self._builder.string_containers[name]
            tag.interesting_string_types = {self._kind}
        if name in self._builder.preserve_whitespace_tags:
            self._verbatim = True

    def end(self, name: str) -> None:
        """The element that began last ends."""
        if self._words:
            self._say(self._kind)
        self._parent, self._kind, self._verbatim = self._open.pop()

    def data(self, words: str) -> None:
        """Words, or a piece of them."""
        self._words.append(words)

    def comment(self, words: str) -> None:
        """A comment."""
        self._aside(words, Comment)

    def doctype(self, name: str, public: str, system: str) -> None:
        """What the page says it is."""
        self._aside(Doctype.for_name_and_ids(name, public, system), Doctype)

    def pi(self, target: str, words: str) -> None:
        """A processing instruction."""
        self._aside(f"{target} {words}", ProcessingInstruction)

    def close(self) -> None:
        """The page ends."""
        if self._words:
            self._say(self._kind)

    def _tag(self, name: str, attributes: Mapping[str, str]) -> Any:
        """What `Tag(...)` gives for a builder of HTML, which asks a dozen questions that have one answer here."""
        builder = self._builder
        tag: Any = Tag.__new__(Tag)
        tag.parser_class = BeautifulSoup
        tag.name = name
        tag.namespace = tag.prefix = tag.sourceline = tag.sourcepos = None
        tag._namespaces = _NAMESPACES
        tag.attribute_value_list_class = builder.attribute_value_list_class
        tag.attrs = builder.attribute_dict_class()
        if attributes:
            tag.attrs.update(attributes)
            builder._replace_cdata_list_attribute_values(name, tag.attrs)
        tag.known_xml = tag.hidden = False
        tag.contents = []
        tag.can_be_empty_element = name in builder.empty_element_tags
        tag.cdata_list_attributes = builder.cdata_list_attributes
        tag.preserve_whitespace_tags = builder.preserve_whitespace_tags
        tag.interesting_string_types = _MAIN
        if name == "meta":
            builder.set_up_substitutions(tag)
        return tag

    def _aside(self, words: str, kind: type[NavigableString]) -> None:
        if self._words:
            self._say(self._kind)
        self._words.append(words)
        self._say(kind)

    def _say(self, kind: type[NavigableString]) -> None:
        """Put the words so far into the tree; white space alone counts as one space or line break."""
        text = "".join(self._words)
        self._words.clear()
        if not self._verbatim and not text.strip(_SPACES):
            text = "\n" if "\n" in text else " "
        words: Any = str.__new__(kind, text)
        words.hidden = False
        self._place(words)

    def _place(self, node: PageElement) -> None:
        """Put a node behind all others, and link it with those it has to do with."""
        siblings = self._parent.contents
        node.parent = self._parent
        node.previous_element = self._last
        node.next_element = node.next_sibling = node.previous_sibling = None
        if self._last is not None:
            self._last.next_element = node
        if siblings:
            node.previous_sibling = siblings[-1]
            siblings[-1].next_sibling = node
        siblings.append(node)
        self._last = node
