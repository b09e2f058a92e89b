# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import gpt_model
from . import ir_ui_menu
from . import gpt_kb_access
from . import gpt_kb_store
from . import gpt_kb_collection
from . import gpt_kb_document
from . import gpt_kb_indexer
from . import gpt_kb_embedder
from . import gpt_kb_vector_mover
from . import gpt_kb_chunk
from . import gpt_kb_pgvector
from . import gpt_kb_quantization
from . import gpt_kb_source
from . import gpt_kb_retriever
from . import gpt_kb_lexical_search
from . import gpt_kb_dense_search
from . import gpt_service
from . import gpt_check_document
from . import gpt_check_vector
from . import gpt_chain
from . import gpt_chain_step
from . import gpt_kb_citation
from . import gpt_request
from . import gpt_request_booking
from . import gpt_request_retention
from . import base
