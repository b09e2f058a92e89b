# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import json

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..engine.provider.price_list import price_list_version
from ..wizards.gpt_model_fetch import BATCH
from .common import GptCommon
from .jobs import perform
from .test_provider_kinds import web_page


@tagged("post_install", "-at_install")
class TestModelFetch(GptCommon):
    """What a provider lists becomes models, in a job."""

    def setUp(self):
        super().setUp()
        self.use_own_transactions()

    def start(self, provider=None):
        action = (provider or self.provider).action_fetch_models()
        return self.env["gpt.model.fetch"].browse(action["res_id"])

    def fetch(self, listed, provider=None):
        """Fetch the models of a provider that lists these, over HTTP."""
        provider = provider or self.provider
        page = json.dumps({"object": "list", "data": listed}).encode()
        with web_page(page, "application/json") as url:
            # Of its address, only what it lists is looked at here.
            known = provider.base_url
            provider.base_url = url
            fetch = self.start(provider)
            provider.base_url = known
        perform(self.env, fetch)
        return fetch

    def named(self, name, provider=None):
        models = (provider or self.provider).with_context(active_test=False).model_ids
        return models.filtered(lambda model: model.name == name)

    def test_it_is_a_job(self):
        fetch = self.start()
        self.assertTrue(fetch.is_running)
        self.assertEqual(self.provider.model_ids, self.model, "nothing yet")
        perform(self.env, fetch)
        self.assertFalse(fetch.is_running)
        self.assertEqual((fetch.state, fetch.progress), ("done", 100))
        self.assertTrue(self.named("gpt-4o"))

    def test_only_what_chains_can_use_is_added(self):
        names = {
            "gpt-4o": "chat",
            "text-embedding-3-small": "embedding",
            "whisper-1": None,
            "tts-1": None,
            "gpt-image-1": None,
            "omni-moderation-latest": None,
            "sora-2": None,
        }
        fetch = self.fetch([{"id": name} for name in names])
        for name, kind in names.items():
            self.assertEqual(self.named(name).kind or None, kind, name)
        self.assertEqual((fetch.total, fetch.done, fetch.created_count), (7, 7, 2))
        self.assertIn("Speech (2): tts-1, whisper-1", fetch.left_out_text)
        self.assertIn("Moderation (1): omni-moderation-latest", fetch.left_out_text)

    def test_what_the_provider_says_is_kept(self):
        self.fetch(
            [
                {
                    "id": "old",
                    "max_context_length": 32768,
                    "max_completion_tokens": 4096,
                    "deprecation": "2027-03-30T12:00:00Z",
                    "deprecation_replacement_model": "young",
                },
                {"id": "young", "supported_parameters": ["structured_outputs"]},
                {"id": "plain", "supported_parameters": ["temperature"]},
            ]
        )
        old, young, plain = map(self.named, ("old", "young", "plain"))
        self.assertEqual((old.context_window, old.max_output_tokens), (32768, 4096))
        self.assertEqual(str(old.retires_on), "2027-03-30")
        self.assertEqual(old.replaced_by_id, young)
        self.assertFalse(young.supports_temperature)
        self.assertEqual(young.structured_output, "schema")
        self.assertEqual(plain.structured_output, "json")
        self.assertEqual(old.structured_output, "schema", "nothing was said of it")

    def test_prices_and_limits_of_the_list(self):
        if not price_list_version():
            self.skipTest("genai-prices is not installed")
        self.provider.base_url = False  # the official one, of which there is a list
        listed = [{"id": n} for n in ("gpt-6-luna", "gpt-4o-mini", "ft:gpt-4o:a::b")]
        fetch = self.fetch(listed)
        luna = self.named("gpt-6-luna")
        # The list is asked by the job, which runs with the official address again.
        self.assertEqual(luna.context_window, 1_050_000)
        self.assertEqual((luna.price_input, luna.price_output), (0.1, 0.5))
        self.assertEqual(luna.price_cache_write, 0.125)
        self.assertEqual(luna.long_context_from, 272_000)
        self.assertEqual(luna.price_long_output, 0.75)
        self.assertEqual(luna.price_source, "list")
        self.assertEqual(luna.currency_id, self.env.ref("base.USD"))
        self.assertEqual(self.model.context_window, 128_000, "completed")
        self.assertEqual(self.model.price_source, "manual", "as it was")
        self.assertEqual(fetch.updated_count, 1)

    def test_twice_is_once(self):
        listed = [{"id": "a", "context_length": 9}, {"id": "b"}, {"id": "tts-1"}]
        self.fetch(listed)
        models = self.provider.model_ids
        self.named("a").context_window = 5
        self.named("b").active = False
        again = self.fetch(listed)
        self.assertEqual((again.created_count, again.updated_count), (0, 0))
        self.assertEqual(self.named("a").context_window, 5, "what is there stays")
        found = self.provider.with_context(active_test=False).model_ids
        self.assertEqual(found, models)

    def test_many(self):
        listed = [{"id": f"model-{number}"} for number in range(3 * BATCH + 1)]
        fetch = self.start_listed(listed)
        self.env.flush_all()
        self.assertTrue(fetch._take_batch(), "some are left")
        self.env.invalidate_all()
        self.assertEqual((fetch.done, fetch.created_count), (BATCH, BATCH))
        self.assertTrue(fetch.is_running)
        # A job that was killed goes on where the one before it was.
        perform(self.env, fetch)
        self.assertEqual(fetch.created_count, len(listed))
        self.assertEqual(len(self.provider.model_ids), len(listed) + 1)

    def start_listed(self, listed):
        page = json.dumps({"object": "list", "data": listed}).encode()
        with web_page(page, "application/json") as url:
            self.provider.base_url = url
            return self.start()

    def test_checking_names_takes_one_query(self):
        """However many models there are."""
        few = [{"name": f"x{n}", "provider_id": self.provider.id} for n in range(2)]
        many = [{"name": f"y{n}", "provider_id": self.provider.id} for n in range(60)]
        models = self.env["gpt.model"]
        models.create(few[:1])
        counts = []
        for values in (few[1:], many):
            created = models.create(values)
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            created._check_unique_name()
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])

    def test_a_provider_deleted_meanwhile(self):
        fetch = self.start_listed([{"id": "a"}])
        uuid = fetch.job_uuid
        self.provider.unlink()
        self.assertFalse(fetch.exists())
        job = self.env["gpt.model.fetch"].new({"job_uuid": uuid})
        perform(self.env, job)

    def test_who_may(self):
        user = new_test_user(self.env, "reader", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.start(self.provider.with_user(user))
        manager = new_test_user(
            self.env, "fetching", groups="base.group_user,gpt_core.group_gpt_manager"
        )
        fetch = self.start(self.provider.with_user(manager)).with_user(manager)
        self.assertEqual(fetch.state, "running")
        with self.assertRaises(AccessError):
            fetch.write({"waiting": []})
