"""The editor's desk: worked at in a real browser by keyboard, and closed to everybody else."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from command import ROOT, SEED, publish

from publish.desk.scans import scan_at, scans_of
from publish.desk.server import DeskServer
from publish.desk.work import Desk
from publish.edition_folder import load_edition
from publish.errors import EditionError, UsageError
from publish.pipeline import prepare
from publish.read import read

TOOLS = ROOT / "tests" / "tools"


def raw_edition(top: Path) -> Path:
    """The first edition with nothing decided, its finished text collated, one page image."""
    from PIL import Image

    folder = top / "seeds" / "raw"
    shutil.copytree(SEED, folder)
    publish("text", SEED, "-o", top / "finished.txt", cwd=top)
    for name in ("corrections.toml", "notes.toml", "glossary.toml"):
        (folder / name).unlink()
    publish("collate", "raw", "finished.txt", cwd=top)
    (folder / "scans").mkdir()
    Image.new("L", (60, 80), 240).save(folder / "scans" / "0001-L1-L44.png")
    return folder


# In a browser.


@contextmanager
def open_desk(slug: str, folder: Path) -> Iterator[subprocess.Popen[str]]:
    """The desk of an edition under folder/seeds in a process of its own, which is ended in any
    case."""
    desk = subprocess.Popen(
        [sys.executable, "-m", "publish", "desk", slug],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    try:
        yield desk
    finally:
        desk.kill()
        desk.wait()


@pytest.fixture(scope="module")
def worked(
    tmp_path_factory: pytest.TempPathFactory, chromium: str, node_tools: Path
) -> Iterator[tuple[Path, dict[str, Any], str]]:
    """The edition after an editor's work in the browser, what was seen, and the last words."""
    top = tmp_path_factory.mktemp("desk")
    folder = raw_edition(top)
    with open_desk("raw", top) as desk:
        assert desk.stdout
        address = desk.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]{32}/", address), address
        run = subprocess.run(
            ["node", str(TOOLS / "desk.mjs"), address, str(top / "pictures")],
            capture_output=True,
            text=True,
            timeout=200,
            env={**os.environ, "CHROMIUM": chromium},
            check=False,
        )
        assert run.returncode == 0, run.stderr
        desk.send_signal(signal.SIGINT)
        said, _ = desk.communicate(timeout=20)
        assert desk.returncode == 0, said
        yield folder, json.loads(run.stdout), said


def test_ctrl_c_is_how_the_desk_ends(tmp_path):
    (tmp_path / "s.txt").write_text("The lamp was lit, and the room was warm.\n", "utf-8")
    publish("new", "lamp", "s.txt", cwd=tmp_path)
    with open_desk("lamp", tmp_path) as desk:
        assert desk.stdout
        assert desk.stdout.readline().startswith("http://127.0.0.1:")
        assert "Ctrl-C ends the desk" in desk.stdout.readline()
        desk.send_signal(signal.SIGINT)
        said, _ = desk.communicate(timeout=20)
    assert desk.returncode == 0
    assert said == "\nNothing decided.\n"


@pytest.fixture
def report(worked: tuple[Path, dict[str, Any], str]) -> dict[str, Any]:
    return worked[1]


def step(report: dict[str, Any], name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    found = next(each for each in report["steps"] if each["name"] == name)
    return found["before"], found["after"]


def test_nothing_is_fetched_from_elsewhere_and_nothing_fails(report):
    own = {url.split("/")[2] for url in report["requests"] if not url.startswith("data:")}
    assert len(own) == 1
    refused = "the server responded with a status of 409"  # a misfit is told, on purpose
    assert [problem for problem in report["problems"] if refused not in problem] == []


def test_the_page_is_accessible_light_dark_and_small(report):
    assert report["axe"] == {"light": [], "dark": [], "help": [], "phone": []}
    assert report["wide"] <= 0


def test_all_queries_are_listed_and_marked_in_the_text(report):
    first = report["first"]
    assert first["open"] == first["marked"] >= 10
    assert first["current"]


def test_enter_takes_the_first_reading_and_the_text_is_made_anew(report):
    before, after = step(report, "accept")
    assert after["open"] == before["open"] - 1
    assert after["version"] > before["version"]
    assert before["readings"][0] in report["accepted"]
    assert after["focus"] == "card"
    assert after["status"].startswith("Written: ")


def test_undo_brings_the_query_back(report):
    before, after = step(report, "undo")
    assert after["open"] == before["open"] + 1
    assert after["title"] == report["first"]["title"]
    assert after["readings"] == report["first"]["readings"]
    assert report["undone"] != report["accepted"]


def test_every_decision_has_a_key(report):
    for name in ("stet", "other", "doubt"):
        before, after = step(report, name)
        assert after["open"] == before["open"] - 1, name
    for there, back in (("later", "back"),):
        assert step(report, there)[1]["title"] != step(report, there)[0]["title"]
        assert step(report, back)[1]["title"] == step(report, there)[0]["title"]
    assert step(report, "list")[1]["title"] != step(report, "list")[0]["title"]
    assert "MARSHAL" in report["own"]


def test_the_page_image_stands_beside_its_lines(report):
    assert step(report, "list")[1]["scan"] == 60  # line 4 is on the page that has an image
    assert report["first"]["scan"] is False


def test_a_selection_in_the_source_is_taken_up(report):
    _, after = step(report, "selected")
    assert after["title"].startswith("Line 30")


def test_finding_and_filtering(report):
    assert report["found"]
    assert report["filtered"] not in ("", "rgba(0, 0, 0, 0)")
    assert any(name.startswith("query") for name in report["filters"])


def test_what_was_decided_is_in_the_file_and_the_build_heeds_it(worked):
    folder, report, said = worked
    file = tomllib.loads((folder / "corrections.toml").read_text("utf-8"))
    by_word = {e["now"]: e for e in file["emend"]}
    assert by_word["ANOTHER"]["origin"] == "print"
    assert by_word["ANOTHER"]["why"] == "quoted from the first edition"
    assert by_word["MARSHAL"]["line"] == 22
    assert [s.get("listed", True) for s in file["stet"]] == [False, True]
    assert "2 corrections, 2 kept readings" in said
    assert report["closing"]["open"] == len(
        json.loads(publish("check", "raw", "--json", cwd=folder.parent.parent).stdout)["editions"][
            0
        ]["queries"]
    )
    prepare(load_edition(folder))


# Without one: what the server refuses.


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeskServer]:
    folder = raw_edition(tmp_path_factory.mktemp("server"))
    (folder / "scans" / "secret.txt").write_text("not an image")
    with DeskServer(Desk(folder)) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()


def asked(
    server: DeskServer, path: str, method: str = "GET", body: str = "", **headers: str
) -> tuple[int, str, dict[str, str]]:
    """Status, body and headers of one answer; `path` stands behind the token unless it begins
    with a slash."""
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=60)
    whole = path if path.startswith("/") else f"/{server.token}/{path}"
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, whole, body or None, named)
    answer = connection.getresponse()
    data = answer.read().decode("utf-8", "replace")
    connection.close()
    return answer.status, data, dict(answer.getheaders())


def test_the_desk_listens_on_this_machine_only(desk):
    assert desk.server_address[0] == "127.0.0.1"


def test_the_page_forbids_all_that_is_not_its_own(desk):
    status, _, headers = asked(desk, "")
    assert status == 200
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/", "/state", "/x/", "/desk.js", "//"])
def test_without_the_token_nothing_is_told(desk, path):
    status, body, _ = asked(desk, path)
    assert status == 403
    assert "token" in json.loads(body)["error"]


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "localhost:1"])
def test_another_host_name_is_refused(desk, host):
    assert asked(desk, "state", Host=host)[0] == 403


def test_a_request_from_another_page_is_refused(desk):
    sent = {"Content_Type": "application/json", "Origin": "http://evil.example"}
    assert asked(desk, "undo", "POST", "{}", **sent)[0] == 403
    assert asked(desk, "undo", "POST", "{}", Content_Type="text/plain")[0] == 400


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("scans/0001-L1-L44.png", 200),
        ("scans/secret.txt", 404),
        ("scans/../edition.toml", 404),
        ("scans/%2e%2e%2fedition.toml", 404),
        ("../../etc/passwd", 404),
        ("fonts/EBGaramond-Regular.ttf", 200),
        ("fonts/..%2fdesk.css", 404),
    ],
)
def test_only_what_the_desk_shows_is_served(desk, path, status):
    assert asked(desk, path)[0] == status


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("decide", "no json", 400),
        ("decide", "[1]", 409),
        ("decide", '{"key": "1.1-1.1"}', 409),
        ("ask", '{"line": "x", "was": "a"}', 409),
        ("ask", '{"line": 99999999, "was": "a"}', 409),
        ("ask", '{"place": [0, 0, 99999, 0]}', 409),
        ("undo", "{}", 409),
        ("nothing", "{}", 404),
    ],
)
def test_what_cannot_be_done_is_told_in_a_sentence(desk, path, body, status):
    answer = asked(desk, path, "POST", body, Content_Type="application/json")
    assert answer[0] == status
    assert json.loads(answer[1])["error"].endswith((".", "…"))
    assert not (desk.desk.folder / "corrections.toml").exists()


def test_a_decision_against_another_is_refused(desk):
    work = desk.desk
    query = work.ask({"line": 22, "was": "seven generals"})
    work.decide({"key": query["key"], "kind": "emend", "now": "eight generals"})
    again = work.ask({"line": 22, "was": "generals"})
    with pytest.raises(EditionError, match="overlap"):
        work.decide({"key": again["key"], "kind": "emend", "now": "marshals"})
    assert work.undo()["said"].startswith("Undone")
    with pytest.raises(UsageError):
        work.undo()
    assert "emend" not in tomllib.loads((work.folder / "corrections.toml").read_text("utf-8"))


def test_images_are_found_by_lines_or_by_page(tmp_path):
    folder = tmp_path / "scans"
    folder.mkdir()
    for name in ("a-L3-L4.png", "p-L5.jpg", "002.png", "cover.png", "notes.txt", "2024-x.png"):
        (folder / name).touch()
    source = read(b"1\n2\n3\n4\n5\n\x0c6\n7\n").source
    scans = scans_of(tmp_path, source)
    assert [(s.name, s.first, s.last) for s in scans] == [
        ("a-L3-L4.png", 3, 4),
        ("p-L5.jpg", 5, 5),
        ("002.png", 6, 7),
    ]
    assert [scan_at(scans, line) and scan_at(scans, line).name for line in (1, 3, 4, 5, 7, 8)] == [
        None, "a-L3-L4.png", "a-L3-L4.png", "p-L5.jpg", "002.png", None,
    ]  # fmt: skip
