from dataclasses import replace

import pytest
from paperloom.memory_store import Store
from paperloom.model.identifiers import Identifier
from paperloom.model.records import Mention
from paperloom.weave.memory import Made, MadeText, Memory
from paperloom.weave.related import Related

KEYS = [f"paper{number}" for number in range(20)]


def memory(**facts):
    return Memory(
        basis="first",
        identifiers={key: (Identifier("arxiv", key),) for key in KEYS},
        mentions={key: (Mention(key, "index", "a", None, True, "paper", "Words.", (0, 1)),) for key in KEYS},
        related={key: (Related("other", 1.5, (), ("heat",), 2),) for key in KEYS},
        pages={key: Made("digest", f"\0papers/{key}\0", "About it.") for key in KEYS},
        results=dict.fromkeys(KEYS, "\x00a\x00b\x00"),
        records={key: MadeText("{}", "\0a\0") for key in KEYS},
        **facts,
    )


@pytest.fixture
def path(tmp_path):
    return tmp_path / "woven.pickle"


def changed(kept):
    pages = {key: made for key, made in kept.pages.items() if key != KEYS[0]}
    return replace(kept, basis="second", pages=pages | {KEYS[1]: Made("new", "\0x\0", ""), "added": Made("", "", "")})


def files(path):
    return {each.name: each.read_bytes() for each in path.parent.iterdir()}


def test_what_changed_is_stored_by_itself_and_loaded_with_the_rest(path):
    Store(path, "1").store(memory())
    whole = path.read_bytes()
    store = Store(path, "1")
    store.store(changed(store.load()))

    assert path.read_bytes() == whole
    assert Store(path, "1").load() == changed(memory())
    again = Store(path, "1")
    again.store(replace(again.load(), basis="third"))
    assert Store(path, "1").load() == replace(changed(memory()), basis="third")


def test_many_changes_lead_to_one_file_again(path):
    Store(path, "1").store(memory())
    store = Store(path, "1")
    store.store(changed(store.load()))
    later = Store(path, "1")
    other = replace(later.load(), results=dict.fromkeys(KEYS, "\x00c\x00"))
    later.store(other)

    assert list(files(path)) == [path.name]
    assert Store(path, "1").load() == other


@pytest.mark.parametrize("name", ["woven.pickle", "woven-changes.pickle"])
def test_what_was_damaged_or_made_by_other_code_is_forgotten(path, name):
    Store(path, "1").store(memory())
    store = Store(path, "1")
    store.store(changed(store.load()))
    assert Store(path, "2").load() == Memory()
    data = (path.parent / name).read_bytes()
    (path.parent / name).write_bytes(data[:-3] + bytes(byte ^ 1 for byte in data[-3:]))
    assert Store(path, "1").load() == Memory()


def test_changes_of_another_whole_are_not_taken(path):
    Store(path, "1").store(memory())
    store = Store(path, "1")
    store.store(changed(store.load()))
    changes = path.with_name("woven-changes.pickle")
    kept = changes.read_bytes()
    other = replace(memory(), basis="other", results={})
    Store(path, "1").store(other)
    changes.write_bytes(kept)

    assert Store(path, "1").load() == other
