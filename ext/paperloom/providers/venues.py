"""The short names under which readers know venues."""

from __future__ import annotations

import re

#: Words of a proceedings' or journal's name, and the name to show; the first that fits counts.
_VENUES: tuple[tuple[str, str], ...] = (
    (r"north american chapter .*computational linguistics|\bNAACL\b", "NAACL"),
    (r"european chapter .*computational linguistics|\bEACL\b", "EACL"),
    (r"asia-pacific chapter .*computational linguistics|\bAACL\b", "AACL"),
    (r"findings of the association for computational linguistics", "Findings of ACL"),
    (r"transactions of the association for computational linguistics", "TACL"),
    (r"empirical methods in natural language processing|\bEMNLP\b", "EMNLP"),
    (r"annual meeting of the association .*computational linguistics", "ACL"),
    (r"computational natural language learning", "CoNLL"),
    (r"neural information processing systems|\bNeurIPS\b", "NeurIPS"),
    (r"international conference on learning representations|\bICLR\b", "ICLR"),
    (r"international conference on machine learning(?! and)|\bICML\b", "ICML"),
    (r"artificial intelligence and statistics|\bAISTATS\b", "AISTATS"),
    (r"uncertainty in artificial intelligence", "UAI"),
    (r"conference on learning theory", "COLT"),
    (r"conference on robot learning", "CoRL"),
    (r"transactions on machine learning research", "TMLR"),
    (r"journal of machine learning research", "JMLR"),
    (r"aaai conference on artificial intelligence", "AAAI"),
    (r"international joint conference on artificial intelligence", "IJCAI"),
    (r"asian conference on computer vision|\bACCV\b", "ACCV"),
    (r"winter conference on applications of computer vision|\bWACV\b", "WACV"),
    (r"british machine vision conference", "BMVC"),
    (r"european conference on computer vision|computer vision . ECCV|\bECCV\b", "ECCV"),
    (r"computer vision and pattern recognition|\bCVPR\b", "CVPR"),
    (r"international conference on computer vision|\bICCV\b", "ICCV"),
    (r"international conference on pattern recognition|\bICPR\b", "ICPR"),
    (r"international conference on image processing|\bICIP\b", "ICIP"),
    (r"medical image computing and computer|\bMICCAI\b", "MICCAI"),
    (r"acoustics, speech,? and signal processing|\bICASSP\b", "ICASSP"),
    (r"\binterspeech\b", "Interspeech"),
    (r"knowledge discovery (?:and|&) data mining", "KDD"),
    (r"conference on information (?:and|&) knowledge management", "CIKM"),
    (r"pattern analysis and machine intelligence", "TPAMI"),
    (r"proceedings of the national academy of sciences", "PNAS"),
)
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), name) for pattern, name in _VENUES)
_YEAR = re.compile(
    r"\s*(?:['’]?\d{2}|\b(?:19|20)\d{2})\s*(?:\(?(?:poster|oral|spotlight|conference)\)?)?$", re.IGNORECASE
)


def short_venue(*names: str) -> str:
    """Return the short name that readers know, or nothing, of a venue with one of these ``names``."""
    for name in names:
        if not re.search(r"\bworkshops?\b", name, re.IGNORECASE):
            for pattern, short in _COMPILED:
                if pattern.search(name):
                    return short
    return ""


def without_year(acronym: str) -> str:
    """Return an acronym such as ``KDD '20`` without its year."""
    return _YEAR.sub("", acronym).strip()
