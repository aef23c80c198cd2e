"""All files of a command or none."""

import errno
import os
import shutil
import subprocess
import sys
import threading
from itertools import count

import pytest
from editing_support import CountingDisk, FailingDisk, tree
from editing_writer import planned
from hypothesis import given
from hypothesis import strategies as st
from paperloom.editing.disk import Disk
from paperloom.editing.transaction import ConflictError, EditingError, Transaction, recover


def test_new_and_changed_files_are_written_and_nothing_is_left_behind(root):
    assert planned(root, Disk()).commit() == [
        ("create", "docs/papers/deep/ember2020kettle.md"),
        ("create", "docs/papers/lake2019slow.md"),
        ("replace", "docs/references.bib"),
        ("remove", "docs/weeks/2020-w01.md"),
        ("replace", "docs/weeks/2021-w06.md"),
    ]
    assert tree(root) == {
        "docs": None,
        "docs/index.md": b"home\n",
        "docs/papers": None,
        "docs/papers/deep": None,
        "docs/papers/deep/ember2020kettle.md": b"a page\n",
        "docs/papers/lake2019slow.md": b"another page\n",
        "docs/references.bib": b"new entries\n",
        "docs/weeks": None,
        "docs/weeks/2021-w06.md": "new wéek\n".encode(),
    }


def test_planning_writes_nothing_and_says_what_would_be_written(root):
    before = tree(root)
    transaction = planned(root, Disk())
    assert ("replace", "docs/references.bib") in transaction.planned()
    assert ("create", "docs/papers/lake2019slow.md") in transaction.planned()
    assert transaction.conflicts() == []
    assert tree(root) == before


def test_writing_what_is_there_already_changes_nothing(root):
    planned(root, Disk()).commit()
    after = tree(root)
    disk = CountingDisk()
    again = Transaction(root, disk)
    again.create(root / "docs" / "papers" / "lake2019slow.md", "another page\n")
    assert again.planned() == []
    assert again.commit() == []
    assert disk.steps == []
    assert tree(root) == after


def test_a_file_that_exists_and_differs_is_left_alone_with_everything_else(root):
    (root / "docs" / "papers").mkdir()
    (root / "docs" / "papers" / "lake2019slow.md").write_text("what a person wrote\n", encoding="utf-8")
    before = tree(root)
    transaction = planned(root, Disk())
    assert len(transaction.conflicts()) == 1
    with pytest.raises(ConflictError, match=r"docs/papers/lake2019slow\.md: exists and differs; it is left alone"):
        transaction.commit()
    assert tree(root) == before


def test_files_that_changed_since_they_were_read_are_all_reported(root):
    transaction = planned(root, Disk())
    (root / "docs" / "references.bib").write_text("entries of a person\n", encoding="utf-8")
    (root / "docs" / "weeks" / "2021-w06.md").unlink()
    before = tree(root)
    with pytest.raises(ConflictError) as caught:
        transaction.commit()
    assert list(caught.value.problems) == [
        "docs/references.bib: was changed or removed in the meantime; run the command again",
        "docs/weeks/2021-w06.md: was changed or removed in the meantime; run the command again",
    ]
    assert tree(root) == before


def test_several_changes_of_one_file_add_up(root):
    transaction = Transaction(root)
    path = root / "docs" / "references.bib"
    transaction.replace(path, "old entries\na\n", expected="old entries\n")
    transaction.replace(path, transaction.text(path) + "b\n", expected=transaction.text(path))
    assert transaction.planned() == [("replace", "docs/references.bib")]
    transaction.commit()
    assert path.read_text(encoding="utf-8") == "old entries\na\nb\n"


def test_two_plans_for_one_file_are_refused(root):
    transaction = Transaction(root)
    transaction.create(root / "docs" / "new.md", "a")
    transaction.create(root / "docs" / "new.md", "a")
    with pytest.raises(ConflictError, match=r"docs/new\.md: would be created twice"):
        transaction.create(root / "docs" / "new.md", "b")
    transaction.replace(root / "docs" / "index.md", "a", expected="home\n")
    with pytest.raises(ConflictError, match=r"docs/index\.md: would be changed twice"):
        transaction.replace(root / "docs" / "index.md", "b", expected="home\n")


def test_line_ends_and_the_byte_order_mark_are_kept(root):
    path = root / "docs" / "windows.md"
    path.write_bytes(b"\xef\xbb\xbfa\r\nb\r\n")
    transaction = Transaction(root)
    old = transaction.text(path)
    transaction.replace(path, old.replace("b", "c"), expected=old)
    transaction.commit()
    assert path.read_bytes() == b"\xef\xbb\xbfa\r\nc\r\n"
    assert transaction.text(root / "docs" / "missing.md") is None


def test_a_file_that_is_not_utf8_is_not_edited(root):
    (root / "docs" / "latin.md").write_bytes(b"caf\xe9")
    with pytest.raises(EditingError, match=r"docs/latin\.md: is not UTF-8; save the file as UTF-8"):
        Transaction(root).text(root / "docs" / "latin.md")


@pytest.mark.parametrize("path", ["../outside.md", "docs/../../outside.md", ""])
def test_nothing_is_written_outside_of_the_knowledge_base(root, path):
    with pytest.raises(EditingError, match="lies outside of the knowledge base"):
        Transaction(root).create(root / path, "x")


def test_a_link_is_followed_and_stays_a_link(root):
    (root / "shared.bib").write_text("old\n", encoding="utf-8")
    (root / "docs" / "more.bib").symlink_to(root / "shared.bib")
    transaction = Transaction(root)
    transaction.replace(root / "docs" / "more.bib", "new\n", expected="old\n")
    assert transaction.commit() == [("replace", "shared.bib")]
    assert (root / "docs" / "more.bib").is_symlink()
    assert (root / "docs" / "more.bib").read_text(encoding="utf-8") == "new\n"


def test_permissions_of_a_changed_file_are_kept(root):
    path = root / "docs" / "references.bib"
    path.chmod(0o640)
    planned(root, Disk()).commit()
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_folder_in_the_place_of_a_page_is_reported(root):
    (root / "docs" / "papers" / "lake2019slow.md").mkdir(parents=True)
    with pytest.raises(ConflictError, match=r"docs/papers/lake2019slow\.md: cannot be written: is a directory"):
        planned(root, Disk()).commit()


def test_a_file_in_the_place_of_a_folder_is_reported(root):
    (root / "docs" / "papers").write_text("not a folder\n", encoding="utf-8")
    before = tree(root)
    with pytest.raises(EditingError, match=r"docs/papers.*not a directory"):
        planned(root, Disk()).commit()
    assert tree(root) == before


@pytest.mark.parametrize(
    ("error", "remedy"),
    [
        (errno.ENOSPC, "no space left on device; free some space"),
        (errno.EROFS, "read-only file system; the file system is read-only"),
        (errno.EACCES, "permission denied; make the folder and the file writable"),
        (errno.EIO, "correct this and run the command again"),
    ],
)
def test_a_disk_that_fails_at_any_step_leaves_the_tree_as_it_was(root, error, remedy):
    before = tree(root)
    for step in count(1):
        try:
            planned(root, FailingDisk({step}, error)).commit()
        except EditingError as caught:
            said = str(caught)
        else:
            break
        assert remedy in said
        recover(root)
        assert tree(root) == before, step
    assert step >= 18  # the steps after the last one that matters may fail without harm
    recover(root)
    assert tree(root)["docs/references.bib"] == b"new entries\n"
    assert ".paperloom" not in tree(root)


def test_a_disk_that_also_refuses_to_undo_is_put_right_by_the_next_command(root, tmp_path):
    before = tree(root)
    shutil.copytree(root, tmp_path / "copy")
    disk = CountingDisk()
    planned(tmp_path / "copy", disk).commit()
    last = max(number for number, name in enumerate(disk.steps, 1) if name == "replace")
    # Moving the journal of undoing into its place works; all that follows does not.
    failing = FailingDisk({last, *range(last + 3, last + 50)}, errno.EIO)
    with pytest.raises(EditingError, match="the next paperloom command then restores the old files"):
        planned(root, failing).commit()
    assert tree(root)["docs/references.bib"] == b"new entries\n"
    recover(root)
    assert tree(root) == before


def test_a_second_command_at_once_is_refused_and_does_no_damage(root):
    inside, go_on = threading.Event(), threading.Event()

    class SlowDisk(Disk):
        def write(self, *arguments):
            inside.set()
            assert go_on.wait(20)
            super().write(*arguments)

    first = threading.Thread(target=lambda: planned(root, SlowDisk()).commit())
    first.start()
    assert inside.wait(20)
    second = Transaction(root)
    second.create(root / "docs" / "second.md", "second\n")
    with pytest.raises(EditingError, match="another paperloom command is writing; wait until it has ended"):
        second.commit()
    with pytest.raises(EditingError, match="another paperloom command is writing"):
        recover(root)
    go_on.set()
    first.join(20)
    assert (root / "docs" / "references.bib").read_text(encoding="utf-8") == "new entries\n"
    second.commit()
    assert (root / "docs" / "second.md").read_text(encoding="utf-8") == "second\n"


READ_ONLY = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from paperloom.editing.transaction import EditingError
from editing_writer import planned
from paperloom.editing.disk import Disk
if os.getuid() == 0:
    os.setuid(65534)
try:
    planned(Path(sys.argv[1]), Disk()).commit()
except EditingError as error:
    print(error)
    sys.exit(3)
"""


@pytest.mark.parametrize("locked", [".", "docs", "docs/weeks"])
def test_a_folder_that_cannot_be_written_is_named(tmp_path_factory, root, locked):
    for folder in [root, *root.parents]:
        if folder.stat().st_uid == os.getuid() and folder.is_relative_to(tmp_path_factory.getbasetemp().parent):
            folder.chmod(0o755)
    for folder in [root, *(path for path in root.rglob("*"))]:
        folder.chmod(0o777)
    (root / locked).chmod(0o555)
    before = tree(root)
    command = [sys.executable, "-c", READ_ONLY, str(root), os.path.dirname(__file__)]  # noqa: PTH120
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    (root / locked).chmod(0o777)
    assert done.returncode == 3, done.stderr
    assert "permission denied; make the folder and the file writable and run the command again" in done.stdout
    assert tree(root) == before


def test_a_file_that_a_person_changed_after_an_interruption_is_not_written_over(root):
    with pytest.raises(SystemExit):
        planned(root, ExitingDisk()).commit()
    (root / "docs" / "weeks" / "2021-w06.md").write_text("what a person wrote\n", encoding="utf-8")
    before = tree(root)
    with pytest.raises(ConflictError, match=r"docs/weeks/2021-w06\.md: was changed .* compare it with the files in"):
        recover(root)
    assert tree(root) == before


class ExitingDisk(Disk):
    """Ends the program at the second replacement of a file, and refuses everything afterwards."""

    replaced = 0

    def replace(self, source, target):
        self.replaced += 1
        if self.replaced == 3:
            raise SystemExit
        if self.replaced > 3:
            raise OSError(errno.EIO, "refused")
        super().replace(source, target)


def test_giving_up_with_the_keyboard_leaves_the_tree_as_it_was(root):
    before = tree(root)

    class Interrupted(Disk):
        def create(self, source, target):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        planned(root, Interrupted()).commit()
    assert tree(root) == before


def test_a_journal_that_nobody_can_read_is_reported_and_kept(root):
    (root / ".paperloom" / "transaction").mkdir(parents=True)
    (root / ".paperloom" / "transaction" / "journal").write_text("[]", encoding="utf-8")
    with pytest.raises(EditingError, match="is not a journal of this version"):
        recover(root)
    assert (root / ".paperloom" / "transaction" / "journal").exists()


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@given(old=TEXTS, new=TEXTS, page=TEXTS)
def test_any_text_is_written_as_it_is(tmp_path_factory, old, new, page):
    root = tmp_path_factory.mktemp("texts")
    (root / "a.md").write_bytes(old.encode())
    transaction = Transaction(root)
    assert transaction.text(root / "a.md") == old
    transaction.replace(root / "a.md", new, expected=old)
    transaction.create(root / "b.md", page)
    transaction.commit()
    assert tree(root) == {"a.md": new.encode(), "b.md": page.encode()}
