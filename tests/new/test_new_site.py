"""Pages that the command made, as check and a build see them."""

import subprocess
import sys
from pathlib import Path

from bs4 import BeautifulSoup
from paperloom.cli.checks import check
from paperloom.cli.knowledge_base import load
from paperloom.model.problems import Severity
from paperloom.sources.text import clean

from tests.services.answers import crossref

ROOT = Path(__file__).parent.parent.parent
TITLES = {
    "marlowe2027hot": 'Tea: "hot" \\ {cold} [or] <not> `now` $5 #1 50% a_b\'s',
    "marlowe2027emoji": "🙂 Kettles -- {{ jinja }} <!-- comment --> & more ''quoted'' </script>",
    "marlowe2027entry": "@misc{x, title = {y}} and {paper}`x` and [link](javascript:alert)",
    "marlowe2027long": "Very " + "long " * 70 + "title",
    "marlowe2027maths": "On α ≤ β, x² and 漢字",
}


def test_drafts_with_any_title_pass_the_check_and_build_without_a_warning(tiny, new, host, tmp_path):
    for number, (key, title) in enumerate(TITLES.items()):
        host.answers[f"/crossref/works/10.5555/{number}"] = [crossref(title=[title], DOI=f"10.5555/{number}")]
        code, output = new(f"10.5555/{number}", "--topics", "heat", "--week", "2021-w06", "--key", key)
        assert code == 0, output
    problems = [problem for problem in check(load(tiny, tiny)) if problem.severity is not Severity.NOTICE]
    assert [str(problem) for problem in problems if problem.subtype.value != "draft"] == []
    assert len(problems) == len(TITLES)

    with (tiny / "conf.py").open("a", encoding="utf-8") as file:
        file.write("smartquotes = False\n")  # so that titles can be compared
    html = tmp_path / "html"
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-W", "--keep-going", "-n"]
    built = subprocess.run([*command, str(tiny), str(html)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr
    week = BeautifulSoup((html / "weeks" / "2021-w06.html").read_text(encoding="utf-8"), "html.parser").get_text(" ")
    for key, title in TITLES.items():
        page = BeautifulSoup((html / "papers" / f"{key}.html").read_text(encoding="utf-8"), "html.parser")
        assert page.h1.contents[0].strip() == clean(title)
        assert clean(title) in page.title.string
        assert clean(title) in " ".join(week.split())
        bibtex = (html / "papers" / f"{key}.bib").read_text(encoding="utf-8")
        assert bibtex.startswith(f"@inproceedings{{{key},\n")
        assert "This page is a draft." not in page.decode()
