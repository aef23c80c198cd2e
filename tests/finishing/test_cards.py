"""The social card of each page."""

from io import BytesIO

from paperloom.finishing.card_drawing import Card, draw
from PIL import Image

MOSS = "_cards/papers/moss2020quiet.png"


def card(**more):
    return Card(**({"kind": "paper", "label": "Paper", "site": "S", "title": "T", "text": "x", "words": ()} | more))


def picture(data):
    return Image.open(BytesIO(data)).convert("L")


def ink(data):
    """Return the box of everything that is not white above the border."""
    image = picture(data).crop((0, 0, 1200, 600))
    return image.point([255 if level < 250 else 0 for level in range(256)]).getbbox()


def test_every_page_has_the_card_that_it_names(finished):
    finished.run("cards")
    names = {path.relative_to(finished.folder).as_posix() for path in finished.folder.rglob("*.png")}
    assert {"_cards/index.png", MOSS, "_cards/weeks/2020-w38.png", "_cards/topics/heat.png"} <= names
    assert not {"_cards/search.png", "_cards/404.png"} & names
    for path in finished.folder.rglob("*.html"):
        named = path.read_text(encoding="utf-8").partition('property="og:image" content="')[2].partition('"')[0]
        if named:
            assert (finished.folder / named.removeprefix("https://example.org/tiny/")).is_file()
    data = (finished.folder / MOSS).read_bytes()
    assert picture(data).size == (1200, 630)
    assert len(data) < 40_000


def test_a_card_is_drawn_again_only_when_what_it_says_changes(finished):
    finished.run("cards")
    before, old = finished.stamps(), finished.bytes()
    for name, words in (("moss2020quiet", "Quiet Gradients in Loud Rooms"), ("ember2020kettle", "KettleNet")):
        page = finished.folder / f"papers/{name}.html"
        text = page.read_text(encoding="utf-8")
        head, body = text.split("<body", 1)
        changed = head.replace(words, "Another Title") if name.startswith("moss") else head
        page.write_text(f"{changed}<body{body}<!-- something else -->", encoding="utf-8")
    assert finished.run("cards")[0].endswith("1 of them drawn anew")
    after, new = finished.stamps(), finished.bytes()
    assert [name for name in after if name.startswith("_cards/") and after[name] != before[name]] == [MOSS]
    assert old[MOSS] != new[MOSS]


def test_the_cards_of_lost_pages_go_and_damaged_ones_are_made_good(finished):
    finished.run("cards")
    whole = (finished.folder / MOSS).read_bytes()
    (finished.folder / MOSS).write_bytes(b"")
    (finished.folder / "papers/pine2021tall.html").unlink()
    finished.run("cards")
    assert (finished.folder / MOSS).read_bytes() == whole
    assert not (finished.folder / "_cards/papers/pine2021tall.png").exists()


def test_a_card_is_the_same_in_every_process_and_run(finished):
    finished.run("cards")
    first = finished.bytes()
    for path in finished.folder.parent.joinpath("kept").iterdir():
        path.unlink()
    finished.run("cards")
    assert finished.bytes() == first


def test_long_titles_and_words_stay_within_the_margins():
    for title in ("Word " * 80, "W" * 300, "注意力机制" * 60, ""):
        data = draw(card(title=title, text="text " * 90, words=("Week 1", "Topic " * 40)))
        left, top, right, bottom = ink(data)
        assert left >= 70
        assert top >= 60
        assert right <= 1130
        assert bottom <= 600


def test_chinese_letters_are_drawn_and_not_replaced_by_boxes():
    first, second = picture(draw(card(title="注意力"))), picture(draw(card(title="卷积网")))
    assert first.tobytes() != second.tobytes()


def test_a_site_without_an_address_has_no_cards(finished):
    for path in finished.folder.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace('property="og:image"', 'property="og:no"'), encoding="utf-8")
    assert finished.run("cards") == ["cards: 0 cards, 0 of them drawn anew"]
