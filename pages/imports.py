"""Import: choose a file, see what it is and will be, take it in."""

from grasp_ui.services.imports import newest_import
from grasp_ui.ui.import_report import watch_import
from grasp_ui.ui.importing import (
    chosen_file,
    import_form,
    looked_at,
    show_formats,
    show_nothing,
    show_preview,
)
from grasp_ui.ui.session import workspace
from grasp_ui.ui.shell import title_row

opened = workspace()
title_row("Import", "Conversations from elsewhere, with what people said of them.")

path = chosen_file(opened)
job = newest_import(opened)
preview = None if path is None else looked_at(path)
if path is not None and preview is not None:
    import_form(opened, path, preview)
elif path is None and job is None:
    show_nothing()
is_news = job is not None and (job.view().is_running or path in (None, job.request.path))
if is_news:
    watch_import(opened)
if path is None:
    show_formats()
elif preview is not None and (job is None or job.request.path != path):
    show_preview(preview)
if not is_news:
    watch_import(opened)
