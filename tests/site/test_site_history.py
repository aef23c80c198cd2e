"""The days in a sitemap: known for sure, or left out."""

import os
import subprocess

import pytest
from site_support import Site

BASE = "https://example.org/"
MOSS = "papers/moss2020quiet"


class Repository:
    def __init__(self, folder):
        self.site = Site(folder)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments, day="2021-03-01"):
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_AUTHOR_DATE": f"{day}T23:30:00-0500",
            "GIT_COMMITTER_DATE": f"{day}T12:00:00+0000",
        }
        command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *arguments]
        subprocess.run(command, cwd=self.site.source, env=environment, check=True, capture_output=True)

    def commit(self, day):
        self.git("add", "-A", day=day)
        self.git("commit", "-q", "-m", "change", day=day)

    def days(self, **options):
        text = self.site.build(html_baseurl=BASE, **options).text("sitemap.xml")
        rows = [row for row in text.splitlines() if row.startswith("<url>")]
        found = {}
        for row in rows:
            place = row.partition("<loc>")[2].partition("</loc>")[0].removeprefix(BASE).removesuffix(".html")
            found[place] = row.partition("<lastmod>")[2].partition("</lastmod>")[0] or None
        return found


@pytest.fixture
def repository(tmp_path):
    made = Repository(tmp_path)
    made.commit("2021-03-01")
    return made


def test_the_day_is_that_of_the_last_commit_with_a_change_of_what_a_page_lists(repository):
    repository.site.edit(f"{MOSS}.md", "Only one listener.", "Only two listeners.")
    repository.commit("2021-04-02")
    days = repository.days()
    assert days[MOSS] == "2021-04-02"
    assert days["papers/ember2020kettle"] == "2021-03-01"
    assert days["weeks/2020-w38"] == "2021-04-02", "the issue lists the paper"
    assert days["topics/rivers"] == "2021-04-02"
    assert days["index"] is None, "it is made from everything"
    assert days["archive/2020"] is None


def test_a_merged_change_counts_from_the_day_on_which_it_came_into_the_branch(repository):
    repository.git("checkout", "-q", "-b", "topic")
    repository.site.edit(f"{MOSS}.md", "Only one listener.", "Only two listeners.")
    repository.commit("2021-04-02")
    repository.git("checkout", "-q", "main")
    repository.git("merge", "-q", "--no-ff", "-m", "merge", "topic", day="2021-05-03")
    assert repository.days()[MOSS] == "2021-05-03"


def test_a_file_with_changes_that_are_not_committed_has_no_day(repository):
    repository.site.edit(f"{MOSS}.md", "Only one listener.", "Only two listeners.")
    repository.site.write("papers/new note.md", "---\norphan: true\n---\n# Note\n")
    days = repository.days()
    assert days[MOSS] is None
    assert days["papers/new%20note"] is None
    assert days["weeks/2020-w38"] is None
    assert days["papers/ember2020kettle"] == "2021-03-01"


def test_an_edit_of_text_alone_takes_the_day_away_in_the_next_build(repository):
    """Nothing else that the sitemap is made from has changed."""
    assert repository.days()[MOSS] == "2021-03-01"
    repository.site.edit(f"{MOSS}.md", "Only one listener.", "Only two listeners.")
    assert repository.days()[MOSS] is None


def test_a_commit_alone_changes_the_days_as_in_a_clean_build(repository):
    repository.site.edit(f"{MOSS}.md", "Only one listener.", "Only two listeners.")
    assert repository.days()[MOSS] is None
    repository.commit("2021-04-02")
    assert repository.days() == repository.days(into="clean")
    assert repository.days()[MOSS] == "2021-04-02"


def test_a_clone_without_its_history_knows_no_days(repository, tmp_path):
    repository.site.edit(f"{MOSS}.md", "Only one listener.", "Only two listeners.")
    repository.commit("2021-04-02")
    source = repository.site.source
    clone = tmp_path / "clone"
    command = ["git", "clone", "-q", "--depth", "1", f"file://{source}", str(clone)]
    subprocess.run(command, check=True, capture_output=True)
    repository.site.source = clone
    assert set(repository.days(into="shallow").values()) == {None}
