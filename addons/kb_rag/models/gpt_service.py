# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from dataclasses import replace

from odoo import api, models

from odoo.addons.gpt_core.compat import returns_ids
from odoo.addons.gpt_core.engine.errors import GptError
from odoo.addons.gpt_core.engine.text.small_talk import is_small_talk

from ..utils.lookups import KnowledgeRun, Lookups
from ..utils.search import Search


class GptService(models.AbstractModel):
    _inherit = "gpt.service"

    @returns_ids("gpt.request")
    @api.model
    def retrieve_and_complete(
        self, chain, query, values=None, *, k=None, record=None, conversation=None
    ):
        self._check_caller()
        spec = self._published_version(chain)._spec()
        # sudo: gpt.request - none at all: there are no placeholders yet
        nothing = self.env["gpt.request"].sudo()
        asked = self._plain_values((values or {}) | {"query": query})
        lookups = Lookups(self._masker(spec, nothing, record, asked))
        service = self.with_context(kb_rag_lookups=lookups)
        request = super(GptService, service).retrieve_and_complete(
            chain, query, values, k=k, record=record, conversation=conversation
        )
        return request.with_context(kb_rag_lookups=None)

    @api.model
    def _run_now(self, version, values, record, conversation):
        service = self.with_context(kb_rag_lookups=self._lookups() or Lookups())
        request = super(GptService, service)._run_now(
            version, values, record, conversation
        )
        return request.with_context(kb_rag_lookups=None)

    @api.model
    def _lookups(self):
        """Return where to note what is looked up for the run that is under way."""
        # A user controls the context of his request, but cannot make one of these.
        lookups = self.env.context.get("kb_rag_lookups")
        return lookups if isinstance(lookups, Lookups) else None

    @api.model
    def _retrieve(self, query, k, collections):
        found = super()._retrieve(query, k, collections)
        asked = self.env.context.get("kb_rag_search")
        lookups = self._lookups()
        if isinstance(asked, Search):
            search = self.env["gpt.kb.search"]._run(asked)
        else:
            question = str(query or "")
            masked = lookups.masked(question) if lookups else ""
            search = Search(question, k, collections, masked=masked)
            search = self._search_knowledge(search)
            if not lookups:
                # sudo: gpt.request - what the user asked is booked, he reads his own
                self.env["gpt.request"].sudo()._book_questions(search.calls)
        passages = [*search.passages, *found][: max(k, 1)]
        if lookups:
            lookups.note(passages, search)
        return passages

    @api.model
    def _search_knowledge(self, search):
        """Run a :class:`~..utils.search.Search` for the user of the environment, now.

        The transaction stays open while the question is embedded; jobs do better, see
        ``gpt.consumer.mixin``.
        """
        engine = self.env["gpt.kb.search"]
        ask(search, engine._embeddings(search))
        return engine._run(search)

    @api.model
    def _collections(self, chain):
        """Return the collections of a chain as it was published, ``None`` for all."""
        steps = self._published_version(chain)._spec().steps
        chosen = {id_ for step in steps for id_ in step.collection_ids}
        return sorted(chosen) or super()._collections(chain)

    @api.model
    def _prepare(self, chain, values=None, **options):
        request, run = super()._prepare(chain, values, **options)
        # A job has no context: what looks up for it has its own notes.
        lookups = getattr(options.get("retrieve"), "lookups", None) or self._lookups()
        lookups = lookups or Lookups()
        lookups.masker = run.masker
        run = KnowledgeRun.of(run, lookups)
        if run.problem or not run.spec.needs_source or _says_its_kind(run.spec):
            return request, run
        # Without a passage, whatever it would say is nothing that is given.
        given = values or {}
        if "passages" in given and not (
            given["passages"] or is_small_talk(str(given.get("query") or ""))
        ):
            return request, replace(run, problem=GptError("no_source"))
        if run.retrieve:
            run = replace(run, retrieve=_sources_only(run.retrieve))
        return request, run


def _says_its_kind(spec):
    from odoo.addons.gpt_core.engine.retrieval.grounding import says_its_kind

    return says_its_kind(spec)


def _sources_only(retrieve):
    """Return a ``Retrieve`` that stops the chain when it finds nothing."""

    def find(query, k, collections):
        passages = retrieve(query, k, collections)
        if not passages and not is_small_talk(query):
            raise GptError("no_source")
        return passages

    return find


def ask(search, embeddings):
    """Embed a search's question with each model; no database is needed.

    A model that does not answer is noted, and words find what they find.
    """
    if not embeddings or not search.query.strip():
        return
    from odoo.addons.gpt_core.engine.chain.recorder import ModelCall

    from ..engine.retrieval.question import masked_question
    from ..engine.vectors.embedding import embed_query

    query = masked_question(search.masked or search.query)
    for model_id, model in embeddings.items():
        outcome = embed_query(model, search.prefixes.get(model_id, "") + query)
        search.calls.append(
            ModelCall(
                "question",
                [],
                outcome.usage,
                model_id,
                seconds=outcome.seconds,
                tries=outcome.tries,
                error=outcome.error,
                is_estimated=outcome.is_estimated,
            )
        )
        if outcome.error:
            search.problem = outcome.error.detail or outcome.error.code
        else:
            search.vectors[model_id] = outcome.vectors[0]
