# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import gpt_dataset_format
from . import gpt_dataset_problem
from . import gpt_dataset_filter_mixin
from . import gpt_dataset
from . import gpt_dataset_source
from . import gpt_dataset_export
from . import res_partner
from . import gpt_chain
from . import gpt_chain_case
from . import gpt_chain_evaluation_result
from . import gpt_model_switch
from . import gpt_tuning_profile
from . import gpt_tuning_problem
from . import gpt_tuning_result_mixin
from . import gpt_tuning_job
from . import gpt_tuning_event
from . import gpt_tuning_metric
from . import gpt_tuning_checkpoint
from . import gpt_tuning_model
from . import gpt_tuning_versions
from . import gpt_tuning_progress
from . import gpt_tuning_files
from . import gpt_tuning_follow
from . import gpt_tuning_use
from . import gpt_replacement
from . import gpt_replacement_candidate
