"""What clausewatch.toml may say, and how it answers when it is wrong."""

from pathlib import Path

import pytest

from clausewatch.cli.init import TEMPLATE
from clausewatch.config import TYPES, Config, File, Webhook, find, load
from clausewatch.errors import ConfigError


def written(folder: Path, text: str) -> Path:
    path = folder / "clausewatch.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_file_that_init_writes_is_valid(tmp_path: Path) -> None:
    config = load(written(tmp_path, TEMPLATE), {})
    assert list(config.channels) == ["screen"]


def test_the_keys_init_comments_out_are_valid_too(tmp_path: Path) -> None:
    uncommented = "\n".join(
        line.removeprefix("# ") if line.startswith(("# [", "# targets", "# topics")) or " = " in line else line
        for line in TEMPLATE.splitlines()
    )
    secrets = {
        "CLAUSEWATCH_WEBHOOK_SECRET": "whsec_AAAA",
        "CLAUSEWATCH_SMTP_PASSWORD": "x",
        "CLAUSEWATCH_SLACK_HOOK": "https://hooks.example.org/x",
    }
    assert list(load(written(tmp_path, uncommented), secrets).channels) == ["screen", "newsroom", "desk", "mail"]


def test_paths_are_relative_to_the_file(tmp_path: Path) -> None:
    config = load(written(tmp_path, 'archive = "a.db"\n[channels.log]\ntype = "file"\npath = "log.jsonl"\n'))
    log = config.channels["log"]
    assert isinstance(log, File)
    assert (config.archive, log.path) == (tmp_path / "a.db", tmp_path / "log.jsonl")


def test_an_unknown_key_is_named_with_the_nearest_known_one(tmp_path: Path) -> None:
    path = written(tmp_path, "[crawl]\nrobot = true\n")
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert str(caught.value) == f"{path}: unknown key 'crawl.robot'; did you mean 'robots'?"


def test_an_unknown_key_of_a_channel_is_named_without_its_type(tmp_path: Path) -> None:
    path = written(tmp_path, '[channels.a]\ntype = "file"\npath = "x"\npaht = "y"\n')
    with pytest.raises(ConfigError, match=r"unknown key 'channels\.a\.paht'; did you mean 'path'"):
        load(path)


def test_a_wrong_value_names_its_key_and_not_the_value(tmp_path: Path) -> None:
    path = written(tmp_path, '[channels.a]\ntype = "webhook"\nurl = "https://x.example"\nsecret = 12345678\n')
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert "channels.a.secret" in str(caught.value)
    assert "12345678" not in str(caught.value)


def test_text_that_is_no_toml_says_where(tmp_path: Path) -> None:
    path = written(tmp_path, "archive = \n")
    with pytest.raises(ConfigError, match=r"not valid TOML .*line 1"):
        load(path)


def test_a_secret_comes_from_the_environment_or_a_file_and_never_shows(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("whsec_fromfile\n")
    text = '[channels.a]\ntype = "webhook"\nurl = "https://x.example"\nsecret = "{}"\n'
    for reference, value in (("env:HOOK", "whsec_fromenv"), ("file:secret", "whsec_fromfile")):
        config = load(written(tmp_path, text.format(reference)), {"HOOK": "whsec_fromenv"})
        hook = config.channels["a"]
        assert isinstance(hook, Webhook)
        assert hook.secret.get_secret_value() == value
        assert value not in repr(config)


def test_a_secret_in_an_unset_variable_names_key_and_variable(tmp_path: Path) -> None:
    path = written(tmp_path, '[channels.a]\ntype = "webhook"\nurl = "https://x.example"\nsecret = "env:GONE"\n')
    with pytest.raises(ConfigError) as caught:
        load(path, {})
    assert str(caught.value) == f"{path}: key 'channels.a.secret' names the unset variable GONE; set GONE"


def test_a_subscription_to_a_channel_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, '[[subscriptions]]\nchannel = "mail"\n')
    with pytest.raises(ConfigError, match="no channel is called 'mail'; known channels: none"):
        load(path)


def test_without_a_file_the_defaults_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    paths = {"archive": tmp_path / "clausewatch.db", "filters": tmp_path / "filters.toml"}
    assert find(None) == Config().model_copy(update=paths)


def test_a_file_named_but_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        find(tmp_path / "none.toml")


def test_the_environment_overrides_keys_of_any_table(tmp_path: Path) -> None:
    path = written(tmp_path, 'archive = "a.db"\n[crawl]\ndelay = 5\nrobots = false\n')
    environment = {"CLAUSEWATCH__CRAWL__DELAY": "2.5", "CLAUSEWATCH__ARCHIVE": "/var/lib/clausewatch/b.db"}
    config = load(path, environment)
    assert (config.crawl.delay, config.crawl.robots, config.archive) == (2.5, False, Path("/var/lib/clausewatch/b.db"))


def test_the_environment_overrides_without_a_file_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert find(None, {"CLAUSEWATCH__DAEMON__EVERY": "6h"}).daemon.every == "6h"


def test_a_list_in_the_environment_is_written_as_toml(tmp_path: Path) -> None:
    config = load(written(tmp_path, ""), {"CLAUSEWATCH__CRAWL__ALLOW_HOSTS": '["intranet.example"]'})
    assert config.crawl.allow_hosts == ("intranet.example",)


def test_a_variable_for_a_key_that_does_not_exist_is_refused_like_one_in_the_file(tmp_path: Path) -> None:
    path = written(tmp_path, "")
    with pytest.raises(ConfigError) as caught:
        load(path, {"CLAUSEWATCH__CRAWL__DELLAY": "2"})
    assert str(caught.value) == f"{path}: unknown key 'crawl.dellay'; did you mean 'delay'?"


def test_a_variable_that_would_put_a_key_inside_a_value_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(written(tmp_path, 'archive = "a.db"\n'), {"CLAUSEWATCH__ARCHIVE__PATH": "b.db"})
    assert str(caught.value) == (
        "environment: CLAUSEWATCH__ARCHIVE__PATH goes into 'archive', which is no table; correct or unset it"
    )


def test_a_secret_named_like_the_program_is_no_key(tmp_path: Path) -> None:
    load(written(tmp_path, ""), {"CLAUSEWATCH_SMTP_PASSWORD": "x", "CLAUSEWATCH_DEBUG": "1"})


@pytest.mark.parametrize(
    ("channel", "complaint"),
    [
        ('type = "webhok"', "key 'channels.a.type' is no type of channel; did you mean 'webhook'?"),
        ('path = "x"', f"key 'channels.a' has no type; give it one: {', '.join(TYPES)}"),
    ],
)
def test_a_channel_of_no_known_type_is_told_which_there_are(tmp_path: Path, channel: str, complaint: str) -> None:
    path = written(tmp_path, f"[channels.a]\n{channel}\n")
    with pytest.raises(ConfigError) as caught:
        load(path, {})
    assert str(caught.value) == f"{path}: {complaint}"


@pytest.mark.parametrize(
    ("text", "key", "near"),
    [
        ("[[subscriptions]]\nchanel = 1\n", "subscriptions.0.chanel", "channel"),
        ("[daemon]\never = 1\n", "daemon.ever", "every"),
        ("archiv = 1\n", "archiv", "archive"),
    ],
)
def test_an_unknown_key_of_any_table_is_named_with_its_path(tmp_path: Path, text: str, key: str, near: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert str(caught.value) == f"{path}: unknown key {key!r}; did you mean {near!r}?"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[alerts]\ntimezone = "Mars/Olympus"\n', "key 'alerts.timezone': Value error, is no time zone"),
        (
            '[channels.a]\ntype = "console"\nquiet = "late"\n',
            "key 'channels.a.quiet': Value error, are no hours",
        ),
        ('[channels.a]\ntype = "console"\nper = "soon"\n', "key 'channels.a.per': Value error, is no span of time"),
        (
            '[channels.a]\ntype = "console"\nfallback = ["b"]\n',
            "key 'channels.a.fallback.0': no channel is called 'b'",
        ),
        (
            '[channels.a]\ntype = "console"\n[[subscriptions]]\nchannel = "a"\nat = "25:00"\n',
            "key 'subscriptions.0.at': Value error, is no time of day",
        ),
    ],
)
def test_hours_and_names_are_checked_when_the_file_is_read(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load(written(tmp_path, text))
    assert told in str(caught.value)
