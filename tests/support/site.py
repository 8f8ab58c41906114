"""Pages as publishers serve them: a Markdown text as HTML, among navigation, a cookie banner and a footer."""

from html import escape

from markdown_it import MarkdownIt

CONTENT = "main .text"
"""CSS selector of the text on a page."""

_RENDERER = MarkdownIt("commonmark", {"breaks": True, "html": False}).enable("table")

_PAGE = """<!doctype html>
<html lang="{language}">
<head>
  <meta charset="utf-8">
  <title>{title}</title>
  <link rel="stylesheet" href="/style.css">
  <script>window.dataLayer = [{{"page": "{title}"}}];</script>
</head>
<body>
  <div id="banner" role="dialog"><p>We use cookies to make this site work. <a href="/cookies">More</a></p>
    <button>Accept all</button> <button>Refuse</button></div>
  <header><a href="/"><img src="/logo.svg" alt="Home"></a>
    <nav><ul><li><a href="/products">Products</a></li><li><a href="/about">About us</a></li>
      <li><a href="/login">Log in</a></li></ul></nav></header>
  <main>
    <p class="crumbs"><a href="/">Home</a> &gt; <a href="/legal">Legal</a></p>
    <div class="text">
{body}
    </div>
  </main>
  <footer><ul><li><a href="/jobs">Jobs</a></li><li><a href="/press">Press</a></li></ul>
    <p>&copy; 2025. Was this page helpful?</p></footer>
  <script src="/app.js"></script>
</body>
</html>
"""


def page(markdown: str, *, title: str = "Privacy Policy", language: str = "en") -> str:
    """The HTML page of a text, as a publisher would serve it."""
    # table cells of the archives hold <br> as HTML; nothing else in them is markup
    body = _RENDERER.render(markdown).replace("&lt;br&gt;", "<br>")
    return _PAGE.format(title=escape(title), language=language, body=body)
