"""Answers in the shapes that the real services give, about papers that do not exist."""

import json
from xml.sax.saxutils import escape

ATOM = {"Content-Type": "application/atom+xml; charset=UTF-8"}
JSON = {"Content-Type": "application/json"}
CSL = {"Content-Type": "application/vnd.citationstyles.csl+json"}
BIB = {"Content-Type": "application/x-bibtex"}
HTML = (200, {"Content-Type": "text/html; charset=utf-8"}, b"<!DOCTYPE html><title>Please wait</title>")


def feed(*entries):
    """A feed of arXiv's API."""
    text = f"""<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <link href="http://arxiv.org/api/query?search_query%3D%26id_list%3D" rel="self" type="application/atom+xml"/>
  <title type="html">ArXiv Query: search_query=&amp;id_list=</title>
  <id>http://arxiv.org/api/cHxbiOdZaP56ODnBPIenZhzg5f8</id>
  <updated>2026-11-21T00:00:00-05:00</updated>
  <opensearch:totalResults xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">{len(entries)}</opensearch:totalResults>
  <opensearch:startIndex xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">0</opensearch:startIndex>
{"".join(entries)}</feed>
"""
    return (200, ATOM, text.encode())


def atom_entry(
    identifier="2601.99999v2",
    title="KettleNet: Boiling Water\n  with Few Labels",
    authors=("Ada Marlowe", "Jun van der Berg", "Kettle Collaboration"),
    published="2026-01-05T18:00:00Z",
    **extra,
):
    """An entry of arXiv's feed; ``extra`` are ``doi``, ``journal_ref``, ``comment``."""
    people = "".join(f"    <author>\n      <name>{escape(name)}</name>\n    </author>\n" for name in authors)
    namespace = 'xmlns:arxiv="http://arxiv.org/schemas/atom"'
    more = "".join(f"    <arxiv:{name} {namespace}>{escape(text)}</arxiv:{name}>\n" for name, text in extra.items())
    return f"""  <entry>
    <id>http://arxiv.org/abs/{identifier}</id>
    <updated>2026-03-01T00:00:00Z</updated>
    <published>{published}</published>
    <title>{escape(title)}</title>
    <summary>  Kettles boil. We learn rivers and streams of $\\alpha$ steam, and rivers again
of heat.
</summary>
{people}{more}    <link href="http://arxiv.org/abs/{identifier}" rel="alternate" type="text/html"/>
    <link title="pdf" href="http://arxiv.org/pdf/{identifier}" rel="related" type="application/pdf"/>
    <arxiv:primary_category {namespace} term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>
    <category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>
    <category term="stat.ML" scheme="http://arxiv.org/schemas/atom"/>
  </entry>
"""


ARXIV_ERROR = feed("""  <entry>
    <id>http://arxiv.org/api/errors#incorrect_id_format_for_2601.99999</id>
    <title>Error</title>
    <summary>incorrect id format for 2601.99999</summary>
    <updated>2026-11-21T00:00:00-05:00</updated>
    <author><name>arXiv api core</name></author>
  </entry>
""")


def crossref(**work):
    """A work as Crossref gives it."""
    message = {
        "DOI": "10.5555/kettle.1",
        "type": "proceedings-article",
        "title": ["KettleNet: Boiling Water with Few Labels"],
        "container-title": ["Proceedings of the 40th International Conference on Machine Learning"],
        "author": [
            {"given": "Ada", "family": "Marlowe", "sequence": "first", "affiliation": []},
            {"given": "Jun", "family": "van der Berg", "sequence": "additional", "affiliation": []},
            {"name": "Kettle Collaboration", "sequence": "additional", "affiliation": []},
        ],
        "issued": {"date-parts": [[2027, 7]]},
        "page": "101-113",
        "publisher": "Tea Press",
        "URL": "http://dx.doi.org/10.5555/kettle.1",
        **work,
    }
    body = {"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": message}
    return (200, JSON, json.dumps(body).encode())


CROSSREF_UNKNOWN = (404, {"Content-Type": "text/plain"}, b"Resource not found.")


def datacite(**attributes):
    """A record as DataCite gives it."""
    body = {
        "data": {
            "id": "10.5281/kettle.2",
            "type": "dois",
            "attributes": {
                "doi": "10.5281/kettle.2",
                "creators": [
                    {"name": "Marlowe, Ada", "nameType": "Personal", "givenName": "Ada", "familyName": "Marlowe"},
                    {"name": "Kettle Institute", "nameType": "Organizational"},
                    {"name": "Okafor, Jun"},
                ],
                "titles": [{"title": "Eau", "titleType": "TranslatedTitle"}, {"title": "A Data Set of Kettles"}],
                "publisher": "Zenodo",
                "container": {},
                "publicationYear": 2025,
                "types": {"resourceTypeGeneral": "Dataset", "bibtex": "misc", "citeproc": "dataset"},
                "descriptions": [{"description": "<p>Kettles &amp; more.</p>", "descriptionType": "Abstract"}],
                "subjects": [{"subject": "tea"}],
                **attributes,
            },
        }
    }
    return (200, {"Content-Type": "application/vnd.api+json; charset=utf-8"}, json.dumps(body).encode())


DATACITE_UNKNOWN = (
    404,
    JSON,
    b'{"errors":[{"status":"404","title":"The resource you are looking for doesn\'t exist."}]}',
)


def openreview(version=2, **content):
    """The notes that OpenReview gives for a submission that was accepted."""
    content = {
        "title": "KettleNet: Boiling Water with Few Labels",
        "authors": ["Ada Marlowe", "Jun van der Berg"],
        "abstract": "Kettles boil.",
        "keywords": ["kettles", "rivers"],
        "venue": "ICLR 2026 poster",
        "venueid": "ICLR.cc/2026/Conference",
        "pdf": "/pdf/0.pdf",
        "_bibtex": "@inproceedings{\nmarlowe2026kettlenet,\ntitle={KettleNet: Boiling Water with Few Labels},\n"
        "author={Ada Marlowe and Jun van der Berg},\n"
        "booktitle={The Fourteenth International Conference on Learning Representations},\n"
        "year={2026},\nurl={https://openreview.net/forum?id=kEtT1eAbCd}\n}",
        **content,
    }
    if version == 2:
        content = {name: {"value": value} for name, value in content.items()}
    note = {
        "id": "kEtT1eAbCd",
        "forum": "kEtT1eAbCd",
        "tcdate": 1759276800000,
        "cdate": 1759276800000,
        "odate": 1760000000000,
        "content": content,
    }
    return (200, JSON, json.dumps({"notes": [note], "count": 1}).encode())


OPENREVIEW_UNKNOWN = (
    404,
    JSON,
    b'{"name":"NotFoundError","message":"The Note kEtT1eAbCd was not found","status":404,"details":{}}',
)
OPENREVIEW_NONE = (200, JSON, b'{"notes":[],"count":0}')

ACL = (
    200,
    BIB,
    rb"""@inproceedings{marlowe-van-der-berg-2026-kettlenet,
    title = "{K}ettle{N}et: Boiling Water with Few Labels",
    author = {Marlowe, Ada  and
      van der Berg, Jun  and
      G{\"u}n, {\c{C}}a{\u{g}}la},
    editor = "Stone, Bo",
    booktitle = "Proceedings of the 64th Annual Meeting of the Association for Computational Linguistics",
    month = jul,
    year = "2026",
    address = "Online",
    publisher = "Association for Computational Linguistics",
    url = "https://aclanthology.org/2026.acl-main.1/",
    doi = "10.18653/v1/2026.acl-main.1",
    pages = "1--12",
    abstract = "Kettles boil."
}
""",
)
