"""One entry as CSL-JSON, RIS, COinS and JSON-LD."""

from __future__ import annotations

import json

import pytest
from paperloom.citing.coins import context_object
from paperloom.citing.csl import csl_item
from paperloom.citing.formats import FORMATS
from paperloom.citing.linked_data import addresses_of, highwire_tags, linked_data
from paperloom.citing.ris import ris_record
from paperloom.citing.slices import author_slice

from tests.citing.reference_manager import read_context_object

KETTLE = r"""@inproceedings{ember2020kettle,
  author = {Ember, Ada and von Stone, Bo and {The Kiln Team} and King, Jr., Martin L.},
  title = {{KettleNet}: Boiling $\ell_2$ \& G{\"o}del + more},
  booktitle = {Proceedings of the 3rd Conference on Warm \& Cold Things},
  volume = {7},
  pages = {12--34},
  publisher = {Kiln Press},
  year = {2021},
  eprint = {2009.00001},
  archivePrefix = {arXiv},
  doi = {10.1234/cwt.7},
  url = {https://example.org/kettle?a=1&b=2}
}"""
PREPRINT = "@misc{moss2020quiet, author = {Moss, Ivo}, title = {Quiet}, year = {2020}, eprint = {2009.00002}}"
JOURNAL = """@article{lake2019slow, author = {Lake, Céline}, title = {Slow Rivers}, journal = {Journal of Water},
  volume = {3}, number = {4}, pages = {5}, year = {2019}}"""
OF_EACH_TYPE = {
    "article": "article-journal",
    "inproceedings": "paper-conference",
    "incollection": "chapter",
    "book": "book",
    "phdthesis": "thesis",
    "techreport": "report",
    "unpublished": "manuscript",
    "misc": "document",
}


def test_an_entry_as_csl_json(entry):
    assert csl_item(entry(KETTLE)) == {
        "id": "ember2020kettle",
        "type": "paper-conference",
        "title": "KettleNet: Boiling ℓ2 & Gödel + more",
        "author": [
            {"family": "Ember", "given": "Ada"},
            {"family": "Stone", "given": "Bo", "non-dropping-particle": "von"},
            {"literal": "The Kiln Team"},
            {"family": "King", "given": "Martin L.", "suffix": "Jr."},
        ],
        "issued": {"date-parts": [[2021]]},
        "container-title": "Proceedings of the 3rd Conference on Warm & Cold Things",
        "publisher": "Kiln Press",
        "volume": "7",
        "page": "12-34",
        "DOI": "10.1234/cwt.7",
        "URL": "https://example.org/kettle?a=1&b=2",
        "custom": {"arxiv": "2009.00001"},
    }


def test_a_preprint_is_one_in_csl_and_has_the_doi_of_arxiv(entry):
    item = csl_item(entry(PREPRINT))

    assert (item["type"], item["publisher"], item["number"]) == ("article", "arXiv", "arXiv:2009.00002")
    assert (item["DOI"], item["URL"]) == ("10.48550/arXiv.2009.00002", "https://arxiv.org/abs/2009.00002")


def test_a_journal_called_arxiv_is_no_journal(entry):
    text = PREPRINT.replace("@misc", "@article").replace(
        "year =", "journal = {arXiv preprint arXiv:2009.00002}, year ="
    )

    item = csl_item(entry(text))

    assert (item["type"], "container-title" in item) == ("article", False)


@pytest.mark.parametrize(
    ("identifier", "address"),
    [
        ("eprint = {2009.00003}", "https://arxiv.org/abs/2009.00003"),
        ("openreview = {rIvEr123}", "https://openreview.net/forum?id=rIvEr123"),
        ("url = {https://a.example/}, eprint = {2009.00003}, openreview = {rIvEr123}", "https://a.example/"),
    ],
)
def test_a_paper_without_an_address_has_that_of_its_archive(entry, identifier, address):
    item = csl_item(entry(JOURNAL.replace("year =", f"{identifier}, year =")))

    assert (item["type"], item["URL"]) == ("article-journal", address)


@pytest.mark.parametrize(("entry_type", "kind"), OF_EACH_TYPE.items())
def test_every_type_of_entry_has_a_type_in_each_format(entry, entry_type, kind):
    text = f"""@{entry_type}{{a2020b, author = {{Aa, B}}, title = {{T}}, year = {{2020}}, journal = {{J}},
      booktitle = {{P}}, publisher = {{U}}, school = {{U}}, institution = {{U}}}}"""
    item = csl_item(entry(text))

    assert item["type"] == kind
    assert ris_record(item).startswith("TY  - ")
    assert read_context_object(context_object(item)).fields["title"] == "T"
    assert json.loads(linked_data({}, item, []))["about"]["name"] == "T"


def test_an_entry_as_ris(entry):
    lines = ris_record(csl_item(entry(KETTLE))).split("\n")

    assert lines[0] == "TY  - CONF"
    assert lines[-1] == "ER  - "
    assert [line[6:] for line in lines if line.startswith("AU")] == [
        "Ember, Ada",
        "von Stone, Bo",
        "The Kiln Team,",
        "King, Martin L., Jr.",
    ]
    assert {"SP  - 12", "EP  - 34", "DO  - 10.1234/cwt.7", "ID  - ember2020kettle"} <= {*lines}
    assert all(line[2:6] == "  - " for line in lines)


def test_a_reference_manager_reads_the_paper_from_coins(entry):
    saved = read_context_object(context_object(csl_item(entry(KETTLE))))

    assert saved.kind == "conferencePaper"
    assert saved.creators == [
        ("Ember", "Ada"),
        ("von Stone", "Bo"),
        ("The Kiln Team", ""),
        ("King", "Martin L. Jr"),  # Zotero takes the full stop at the end away, but gives it back to initials
    ]
    assert saved.fields == {
        "title": "KettleNet: Boiling ℓ2 & Gödel   more",  # Zotero takes every plus for a blank
        "publicationTitle": "Proceedings of the 3rd Conference on Warm & Cold Things",
        "DOI": "10.1234/cwt.7",
        "url": "https://example.org/kettle?a=1&b=2",
        "date": "2021",
        "volume": "7",
        "pages": "12-34",
        "publisher": "Kiln Press",
    }


def test_a_reference_manager_keeps_initials(entry):
    saved = read_context_object(context_object(csl_item(entry(PREPRINT.replace("Ivo", "Ivo J. W.")))))

    assert saved.creators[0] == ("Moss", "Ivo J. W.")


def test_a_reference_manager_takes_preprints_and_articles_for_what_they_are(entry):
    kinds = [read_context_object(context_object(csl_item(entry(text)))).kind for text in (PREPRINT, JOURNAL)]

    assert kinds == ["preprint", "journalArticle"]


def test_the_page_is_about_the_paper_and_not_the_paper(entry):
    reference = entry(KETTLE.replace("KettleNet", "</script>"))
    text = linked_data({"headline": "Ours"}, csl_item(reference), addresses_of(reference))
    data = json.loads(text)

    assert "</script" not in text
    assert (data["@type"], data["headline"]) == ("Article", "Ours")
    assert data["about"]["@type"] == "ScholarlyArticle"
    assert data["mainEntity"]["@id"] == data["about"]["@id"] == "https://doi.org/10.1234/cwt.7"
    assert data["about"]["author"][2] == {"@type": "Organization", "name": "The Kiln Team"}
    assert data["about"]["sameAs"] == ["https://arxiv.org/abs/2009.00001", "https://example.org/kettle?a=1&b=2"]


def test_highwire_tags_name_the_conference_or_the_archive(entry):
    published, preprint = (dict(highwire_tags(csl_item(entry(text)))) for text in (KETTLE, PREPRINT))

    assert published["citation_conference_title"].startswith("Proceedings")
    assert preprint["citation_technical_report_institution"] == "arXiv"


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_a_file_gives_back_its_record(entry, form):
    reference = entry(KETTLE)
    record = form.record(reference, csl_item(reference))

    assert form.only_record(form.file([record])) == record


def test_a_file_of_nothing_can_be_read():
    assert [form.file([]) for form in FORMATS] == ["", "", "[\n]\n"]


def test_the_files_of_authors_differ_where_their_names_do():
    names = ["Jose Diaz", "José Díaz", "王伟", "李娜", "Guido van Rossum", "../../etc"]

    found = [author_slice(name) for name in names]

    assert len({*found}) == len(names)
    assert found[-2:] == ["authors/guido-van-rossum", "authors/etc"]
    assert all(name.count("/") == 1 and name.isascii() for name in found)
