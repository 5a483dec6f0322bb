"""How quick one could be: the same rows in an in-process index with French stemming; no database, no HTML."""

import json
import re
from collections.abc import Callable
from functools import partial

import tantivy

from .clock import medians, times_ms
from .mix import Query
from .rows import rows

_WORD = re.compile(r"\w+")
_FACETS = ("kind", "nature", "competences", "workshops")
_COUNTS = {name: {"terms": {"field": name, "size": 100}} for name in _FACETS}


def measure(queries: list[Query], say: Callable[[str], None]) -> list[float]:
    """Milliseconds for the 20 best ids and the counts of the facets of each query."""
    index = _index()
    say("tantivy's index written")
    searcher = index.searcher()
    taken = times_ms(partial(_search, index, searcher, query) for query in queries)
    say("tantivy measured")
    return medians(taken)


def _index() -> tantivy.Index:
    builder = tantivy.SchemaBuilder()
    builder.add_integer_field("id", stored=True)
    builder.add_text_field("words", tokenizer_name="francais")
    for name in (*_FACETS, "areas"):
        builder.add_text_field(name, tokenizer_name="raw", fast=True)
    index = tantivy.Index(builder.build())
    french = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for rule in (tantivy.Filter.lowercase(), tantivy.Filter.stemmer("french"), tantivy.Filter.ascii_fold()):
        french = french.filter(rule)
    index.register_tokenizer("francais", french.build())
    writer = index.writer(heap_size=200_000_000, num_threads=1)
    for pk, kind, nature, name, _, words, competences, workshops, areas in rows():
        writer.add_document(tantivy.Document(id=pk, kind=[kind], nature=[nature], words=[f"{name} . {words}"],
                                             competences=competences, workshops=workshops, areas=areas))  # fmt: skip
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index


def _search(index: tantivy.Index, searcher: tantivy.Searcher, query: Query) -> None:
    words = _WORD.findall(query.words)
    asked = index.parse_query(" AND ".join(words), ["words"]) if words else tantivy.Query.all_query()
    found = searcher.search(asked, 20)
    for _, address in found.hits:
        searcher.doc(address)
    counts = searcher.aggregate(asked, _COUNTS)
    assert json.dumps(counts)
