# Copyright 2026 The odoo-gpt authors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import test_dataset
from . import test_dataset_files
from . import test_dataset_format
from . import test_export_script
from . import test_security
from . import test_retirement
from . import test_tuning_committed
from . import test_tuning_job
from . import test_tuning_security
from . import test_tuning_use
from . import test_whole_way
