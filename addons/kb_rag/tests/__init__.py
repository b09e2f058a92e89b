# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_access
from . import test_answers
from . import test_bad_vectors
from . import test_quantization
from . import test_budgets
from . import test_chain_restore
from . import test_chain_trial
from . import test_check_document
from . import test_check_vector
from . import test_citations
from . import test_codes
from . import test_extension
from . import test_indexing
from . import test_leaks
from . import test_model_change
from . import test_origin
from . import test_question_cost
from . import test_real_models
from . import test_retrieval
from . import test_sources
from . import test_stores
from . import test_tester
from . import test_traces
from . import test_uploads
from . import test_withdrawn
