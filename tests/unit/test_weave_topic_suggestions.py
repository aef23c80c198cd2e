import pytest
from paperloom.weave.topic_suggestions import suggest_topics

NAMES = {
    "gans": ["GANs", "generative adversarial networks"],
    "language-models": ["Language models", "language modeling"],
    "self-supervised-learning": ["Self-supervised learning"],
    "sparsity": ["Sparsity"],
    "tea": ["Tea"],
}


@pytest.mark.parametrize(
    ("title", "abstract", "slugs"),
    [
        ("A Language Model of Tea", "", ("language-models", "tea")),
        ("On GANs", "Sparsity, sparsity and language models.", ("gans", "sparsity")),
        ("Nothing", "Language models, then GANs, then tea.", ("language-models", "gans")),
        ("SELF SUPERVISED LEARNING", "", ("self-supervised-learning",)),
        ("Steam and Team", "Teas and GAN-like things: sparsity. Language models; tea.", ("tea", "gans")),
        ("Tea GAN Sparsity Language Model", "", ("tea", "gans", "sparsity")),
        ("Nothing", "", ()),
    ],
)
def test_topics_that_are_named_are_suggested_the_clearest_first(title, abstract, slugs):
    assert suggest_topics(title, abstract, NAMES) == slugs


def test_where_none_is_named_the_category_decides():
    topics = {"cs.LG": ["tea", "gans", "gans"], "cs.CV": ["sparsity"]}
    assert suggest_topics("Nothing", "", NAMES, "cs.LG", topics) == ("gans",)
    assert suggest_topics("Tea", "", NAMES, "cs.LG", topics) == ("tea",)
    assert suggest_topics("Nothing", "", NAMES, "math.AG", topics) == ()
