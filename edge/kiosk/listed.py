"""Writing to narrow a long list: a step of its own on the way to one answer."""

from flask import request

from edge.domain.form import Field
from edge.kiosk.choosing import list_name
from edge.kiosk.comfort import turned
from edge.kiosk.finding import LONGEST
from edge.kiosk.visit import Draft, Row


def finding(asked: Field, draft: Draft | Row, go: str) -> bool:
    """Take what was written to narrow a long list; False where the page was another one, or leads elsewhere."""
    part, name = draft.part, list_name(asked, draft.part)
    if not name or (go not in ("find", "all") and not part.get(f"{name}.finding")) or turned(go):
        return False
    part.pop(f"{name}.page", None)
    if go == "find":
        part[f"{name}.finding"] = "yes"
        if asked.kind == "choices":   # what is ticked already stays ticked while one looks for more
            draft.raw[asked.key] = request.form.getlist(name)
    else:
        part.pop(f"{name}.finding", None)
        part[f"{name}.find"] = request.form.get(f"{name}.find", "").strip()[:LONGEST] if go == "next" else ""
    return True
