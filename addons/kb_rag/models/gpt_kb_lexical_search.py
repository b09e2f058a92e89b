# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Lexical search: BM25 over PostgreSQL's full-text index."""

from collections import defaultdict
from dataclasses import dataclass, field

from odoo import api, models
from odoo.tools import SQL

from odoo.addons.gpt_core.engine.retrieval.bm25 import bm25, inverse_frequency

from ..engine.retrieval.codes import codes_of, number_lexeme
from ..engine.retrieval.language import language_of, spellings
from ..engine.retrieval.question_words import words_to_look_up
from ..engine.retrieval.request import Ranking

# How many chunks are looked at one by one; the rarest words decide which.
MAX_SCORED = 1500
ENOUGH_SCORED = 300


@dataclass
class AskedTerms:
    """What of a question is looked up.

    :param language: the question's own
    :param words: in the order of the question
    :param codes: the lexemes of each code that stands in a document
    :param rare: those of the codes that few chunks have
    :param missing: codes that stand nowhere
    """

    language: str = "simple"
    words: list = field(default_factory=list)
    codes: dict = field(default_factory=dict)
    rare: list = field(default_factory=list)
    missing: list = field(default_factory=list)


class GptKbLexicalSearch(models.AbstractModel):
    """Ranks chunks by the words of a question, with PostgreSQL's full-text search.

    The words are looked up in the language of each document, with and without accents.
    """

    _name = "gpt.kb.lexical.search"
    _description = "Lexical Search"

    @api.model
    def _ranking(self, query, k, access):
        """Return the :class:`~..engine.retrieval.request.Ranking` for a question.

        :param k: how many passages are wanted
        :param access: the :class:`~..utils.access_filter.AccessFilter` of the asker
        """
        scores, codes = {}, defaultdict(int)
        looked_up, known = set(), set()
        asked = self._asked_terms(query, k, access)
        for language, chunks, average in self._languages(access):
            terms = self._terms(asked, language) | asked.codes
            if not terms:
                continue
            counts = self._frequencies(access, language, terms)
            looked_up.update(terms)
            known.update(word for word, count in counts.items() if count)
            weights = {
                word: inverse_frequency(count, chunks) for word, count in counts.items()
            }
            for chunk_id, length, own in self._matches(access, language, terms, counts):
                scores[chunk_id] = bm25(own, weights, length, average)
                if rare := sum(code in own for code in asked.rare):
                    codes[chunk_id] = rare
        ordered = sorted(scores.items(), key=lambda entry: (-entry[1], entry[0]))
        # The documents know few words of a question in another language than theirs.
        weight = len(known) / len(looked_up) if looked_up else 1.0
        return Ranking(dict(ordered), dict(codes), asked.missing, weight=weight)

    @api.model
    def _asked_terms(self, query, k, access):
        """Return the :class:`AskedTerms` of a question: its words, and its codes.

        A code that stands in a document is one term, with a rarity of its own. Its
        halves are not looked up: every other part number has one of them. Neither are
        they when it stands nowhere.
        """
        asked = AskedTerms(language_of(query))
        words = dict.fromkeys(words_to_look_up(query))
        for code in codes_of(query):
            count = self._count_chunks(access, [code.lexeme])
            if count:
                asked.codes[code.text] = [code.lexeme]
                # Its passages leave room for others among those that are returned.
                if count <= max(1, k // 2):
                    asked.rare.append(code.text)
            elif code.certain:
                asked.missing.append(code.text)
            else:
                continue
            # Of "SKU 99999", which stands nowhere, the word is one like others.
            for word in code.words if count else code.words[-1:]:
                words.pop(word, None)
        asked.words = list(words)
        return asked

    @api.model
    def _count_chunks(self, access, lexemes, language=None):
        """Return how many chunks in ``access`` have one of the lexemes."""
        self.env.cr.execute(
            SQL(
                """SELECT count(*) FROM gpt_kb_chunk kbk
                    WHERE %s AND %s AND words @@ %s::tsquery""",
                access.sql(),
                SQL("language = %s", language) if language else SQL("TRUE"),
                _any_of(lexemes),
            )
        )
        return self.env.cr.fetchone()[0]

    @api.model
    def _languages(self, access):
        """Return ``(language, chunks, average length)`` of what is in ``access``."""
        self.env.cr.execute(
            SQL(
                """SELECT language, sum(indexed_chunks), sum(indexed_chars)
                     FROM gpt_kb_document kbd
                    WHERE indexed_chunks > 0
                      AND (kbd.collection_id = ANY(%s) OR kbd.id = ANY(%s))
                    GROUP BY language""",
                list(access.collection_ids),
                list(access.document_ids),
            )
        )
        return [
            (language, int(chunks), chars / chunks)
            for language, chunks, chars in self.env.cr.fetchall()
        ]

    @api.model
    def _terms(self, asked, language):
        """Return the lexemes of each word of the question; words that say nothing have
        none and are left out.

        They may say nothing in the language of the document, or in that of the
        question: the few Spanish texts that have "the" in a title are not what an
        English question asks for.
        """
        variants = [(word, form) for word in asked.words for form in spellings(word)]
        self.env.cr.execute(
            SQL(
                """SELECT word, tsvector_to_array(to_tsvector(%s::regconfig, form)),
                          word = form, length(to_tsvector(%s::regconfig, form)) = 0
                     FROM unnest(%s::text[], %s::text[]) AS given(word, form)""",
                language,
                asked.language,
                [word for word, _form in variants],
                [form for _word, form in variants],
            )
        )
        terms, silent = defaultdict(set), set()
        for word, lexemes, as_written, is_stop_word in self.env.cr.fetchall():
            terms[word].update(lexemes)
            if as_written and (is_stop_word or not lexemes):
                silent.add(word)  # "qué" is a stop word, "que" need not be looked up
        for word in asked.words:
            # It may be a part of a code: "01234" of "SKU-01234".
            terms[word].update(filter(None, [number_lexeme(word)]))
        return {w: sorted(lx) for w, lx in terms.items() if lx and w not in silent}

    @api.model
    def _frequencies(self, access, language, terms):
        """Return in how many chunks each word is, counting no further than needed."""
        return {
            word: self._count_chunks(access, lexemes, language)
            for word, lexemes in terms.items()
        }

    @api.model
    def _matches(self, access, language, terms, counts):
        """Return ``(chunk id, length, {word: count})`` where the rarest words are."""
        telling = self._telling_words(counts)
        if not telling:
            return []
        word_of = {lexeme: word for word, lexs in terms.items() for lexeme in lexs}
        self.env.cr.execute(
            SQL(
                """SELECT kbk.id, kbk.length, term.lexeme,
                          coalesce(cardinality(term.positions), 1)
                     FROM (SELECT id, length, words FROM gpt_kb_chunk kbk
                            WHERE %s AND language = %s AND words @@ %s::tsquery
                            ORDER BY ts_rank(words, %s::tsquery) DESC, id
                            LIMIT %s) kbk,
                          unnest(kbk.words) term
                    WHERE term.lexeme = ANY(%s)""",
                access.sql(),
                language,
                _any_of([lexeme for word in telling for lexeme in terms[word]]),
                _any_of(list(word_of)),
                MAX_SCORED,
                list(word_of),
            )
        )
        found = {}
        for chunk_id, length, lexeme, count in self.env.cr.fetchall():
            own = found.setdefault(chunk_id, (length, {}))[1]
            word = word_of[lexeme]
            # The same word with and without its accent is one.
            own[word] = max(own.get(word, 0), count)
        return [(id_, length, own) for id_, (length, own) in found.items()]

    @api.model
    def _telling_words(self, counts):
        """Return the rarest words, as many as it takes to have enough to score."""
        chosen, reached = [], 0
        for word, count in sorted(counts.items(), key=lambda entry: entry[1]):
            if count and (reached < ENOUGH_SCORED or not chosen):
                chosen.append(word)
                reached += count
        return chosen


def _any_of(lexemes):
    """Return the text of a ``tsquery`` that any of the lexemes satisfies."""
    quoted = (lexeme.replace("\\", "\\\\").replace("'", "''") for lexeme in lexemes)
    return " | ".join(f"'{lexeme}'" for lexeme in quoted)
