"""Where alerts lead."""

from clausewatch import wiring
from clausewatch.config import Config
from clausewatch.config.web import Web
from tests.support.changes import change


def test_alerts_link_to_the_pages_where_the_configuration_says_where_they_are() -> None:
    told = change()
    links = wiring.links(Config(web=Web(public_url="https://watch.example.org/")))(told)
    assert told.before is not None
    assert links == {
        "change": f"https://watch.example.org/change/{told.id}",
        "diff": f"https://watch.example.org/diff/{told.before.id}/{told.after.id}",
        "before": f"https://watch.example.org/version/{told.before.id}",
        "after": f"https://watch.example.org/version/{told.after.id}",
    }


def test_alerts_link_nowhere_where_it_does_not() -> None:
    assert wiring.links(Config())(change()) == {}
