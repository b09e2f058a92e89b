# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .tuning import BASE, TuningCase, asked


@tagged("post_install", "-at_install")
class TestTuningUse(TuningCase):
    """A tuned model must earn its place, and can be taken back."""

    def setUp(self):
        super().setUp()
        self.job = self.make_job()
        self.job.action_start()
        self.run_queue(self.job)
        self.assertEqual(self.job.state, "done")
        self.params = self.env["ir.config_parameter"].sudo()

    def default(self):
        names = ("gpt_core.model", "gpt_core.provider_id")
        return tuple(self.params.get_param(name) for name in names)

    def ask(self, question="Precio del artículo 4"):
        """Return what the chain answers, and which model was asked."""
        request = self.env["gpt.service"].complete(self.chain, {"text": question})
        self.assertEqual(request.state, "done", request.error_code)
        return request.answer, request.model_id

    def compare(self):
        action = self.job.action_compare()
        self.run_cases(self.chain)
        self.env.invalidate_all()
        return self.env[action["res_model"]].browse(action["res_id"])

    def test_it_must_be_compared_first(self):
        before = self.default()
        self.add_case("Precio del artículo 4", "4 pesos")
        self.assertEqual(self.job.comparison, "missing")
        with self.assertRaisesRegex(UserError, "Compare"):
            self.job.action_use_model()
        self.job.action_compare()
        self.assertEqual(self.job.comparison, "running")
        with self.assertRaisesRegex(UserError, "Compare"):
            self.job.action_use_model()
        self.assertEqual(self.default(), before)

    def test_compared_used_and_taken_back(self):
        before = self.default()
        self.add_case("Precio del artículo 4", "4 pesos")
        self.add_case("Otra cosa", "ayudarte")
        run = self.compare()
        self.assertEqual(run.state, "done")
        self.assertEqual(sorted(run.result_ids.mapped("change")), ["better", "same"])
        self.assertEqual(self.job.comparison, "good")
        passed = (self.job.passed_tuned, self.job.passed_base, self.job.compared_count)
        self.assertEqual(passed, (2, 1, 2))
        asked = {e.body["model"] for e in self.server.journal.entries("/v1/responses")}
        self.assertEqual(asked, {self.job.tuned_name, BASE})
        better = run.result_ids.filtered(lambda result: result.change == "better")
        self.assertIn("4 pesos", better.diff)
        for name in (self.job.tuned_name, BASE):
            self.assertIn(name, better.diff, "which is which")
        self.assertEqual(self.ask()[1], self.model, "nothing is used yet")
        self.job.action_use_model()
        self.assertEqual(self.default(), (self.job.tuned_name, str(self.provider.id)))
        self.assertEqual(self.ask(), ("Cuesta 4 pesos.", self.job.model_id))
        with self.assertRaisesRegex(UserError, "in use already"):
            self.job.action_use_model()
        self.job.action_restore_model()
        self.assertEqual(self.default(), before)
        self.assertEqual(self.ask()[1], self.model)
        with self.assertRaisesRegex(UserError, "not in use"):
            self.job.action_restore_model()

    def test_worse_is_said(self):
        self.add_case("Precio del artículo 4", "ayudarte")
        self.compare()
        self.assertEqual(self.job.comparison, "worse")
        self.job.action_use_model()
        self.assertIn("worse", self.job.event_ids[0].message)

    def test_what_could_not_be_run_proves_nothing(self):
        self.add_case("Precio del artículo 4", "4 pesos")
        self.job.action_compare()
        self.server.faults.order(self.Fault("wrong_key", times=None))
        self.run_cases(self.chain)
        self.env.invalidate_all()
        self.assertEqual(self.job.comparison, "missing")
        with self.assertRaisesRegex(UserError, "Compare"):
            self.job.action_use_model()

    def test_the_base_is_not_asked_twice(self):
        self.add_case("Precio del artículo 4", "4 pesos")
        self.compare()
        self.compare()
        self.assertEqual(len(self.server.journal.entries("/v1/responses")), 3)

    def test_run_again_asks_the_same_model(self):
        self.add_case("Precio del artículo 4", "4 pesos")
        run = self.compare()
        self.server.journal.clear()
        run.action_run_again()
        self.run_cases(self.chain)
        asked = [e.body["model"] for e in self.server.journal.entries("/v1/responses")]
        self.assertEqual(asked, [self.job.tuned_name])

    def test_only_one_chain(self):
        before = self.default()
        other = self.make_chain("other")
        self.job.use_in = "chain"
        self.job.action_use_model()
        self.assertIn("not compared", self.job.event_ids[0].message)
        self.assertEqual(self.default(), before)
        self.assertEqual(self.ask(), ("Cuesta 4 pesos.", self.job.model_id))
        self.assertEqual(self.chain.model_id, self.job.model_id)
        request = self.env["gpt.service"].complete(other, {"text": "Hola"})
        self.assertEqual(request.model_id, self.model)
        self.job.action_restore_model()
        self.assertFalse(self.chain.model_id)
        self.assertEqual(self.ask()[1], self.model)

    def test_only_one_chain_that_names_its_model(self):
        own = self.env["gpt.model"].create(
            {"name": "gpt-4.1-mini", "provider_id": self.provider.id}
        )
        self.chain.model_id = own
        self.chain.action_publish()
        self.job.action_use_model()
        self.assertIn("a model of its own", self.job.event_ids[0].message)
        self.assertEqual(self.ask()[1], own)
        self.job.action_restore_model()
        self.job.use_in = "chain"
        self.job.action_use_model()
        self.assertEqual(self.ask()[1], self.job.model_id)
        self.job.action_restore_model()
        self.assertEqual((self.chain.model_id, self.ask()[1]), (own, own))

    def test_what_was_changed_since_is_left(self):
        self.job.action_use_model()
        self.params.set_param("gpt_core.model", "gpt-5")
        self.job.action_restore_model()
        self.assertEqual(self.default()[0], "gpt-5")
        self.assertIn("left as it is", self.job.event_ids[0].message)

    def test_a_job_without_a_model(self):
        job = self.make_job()
        for method in ("action_use_model", "action_compare"):
            with self.assertRaisesRegex(UserError, "no tuned model yet"):
                getattr(job, method)()

    def test_it_is_deployed_first(self):
        self.job.sudo().profile_id = self.env.ref("fine_tuning.profile_azure")
        with self.assertRaisesRegex(UserError, "Deployed As"):
            self.job.action_use_model()
        self.job.served_as = "my-deployment"
        self.job.action_use_model()
        self.assertEqual(self.default()[0], "my-deployment")

    def test_a_checkpoint_becomes_the_result(self):
        self.add_case("Precio del artículo 4", "4 pesos")
        self.compare()
        checkpoint = self.job.checkpoint_ids[-1]
        checkpoint.action_take()
        self.assertEqual(self.job.model_id.name, checkpoint.name)
        self.assertEqual(self.job.comparison, "missing", "it was not compared")
        other = self.job.checkpoint_ids[-2].action_add_model()
        model = self.env["gpt.model"].browse(other["res_id"])
        self.assertEqual(
            model._get_chat_model().invoke(asked(3)).text,
            "Cuesta 3 pesos.",
        )

    def test_managers_do_not_change_the_default_model(self):
        manager = new_test_user(
            self.env, "tuning manager", "base.group_user,gpt_core.group_gpt_manager"
        )
        job = self.job.with_user(manager)
        with self.assertRaisesRegex(UserError, "administrator"):
            job.action_use_model()
        job.use_in = "chain"
        job.action_use_model()
        self.assertEqual(self.ask()[1], self.job.model_id)
        job.action_restore_model()
        with self.assertRaises(AccessError):
            job.write({"state": "draft"})
        with self.assertRaises(AccessError):
            job.write({"base_model": "other"})
