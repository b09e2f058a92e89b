# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_access
from . import test_answers_from_documents
from . import test_bad_vectors
from . import test_quantization
from . import test_budgets
from . import test_chain_restore
from . import test_chain_trial
from . import test_check_document
from . import test_check_vector
from . import test_citations
from . import test_codes
from . import test_pgvector_extension
from . import test_indexing
from . import test_leaks
from . import test_model_change
from . import test_rights_behind_documents
from . import test_question_cost
from . import test_readers
from . import test_real_models
from . import test_retrieval
from . import test_documents_of_records
from . import test_store_contract
from . import test_retrieval_tester
from . import test_where_texts_end_up
from . import test_uploads
from . import test_withdrawn_documents
