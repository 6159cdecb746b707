"""A citizen behind a real connection, who fills in the old-age allowance up to its photos."""

from typing import Any

from edge.domain.catalogue import shipped_catalogue

HUKOU = "/fill/material_hukou/photo"


def citizen_example() -> dict[str, Any]:
    """Return the example of MZ-01 with its papers brought."""
    return {**shipped_catalogue().item("MZ-01").example, **dict.fromkeys(("material_hukou", "material_id"), "brought")}


class HttpCitizen:
    """A citizen behind a real connection."""

    def __init__(self, web: Any) -> None:
        self.web, self.text, self.at = web, "", ""
        self._keep(web.get("/item/MZ-01"))

    def _keep(self, answer: Any) -> None:
        self.text, self.at = answer.text, answer.url.path

    @property
    def csrf(self) -> str:
        """Return the token of the page."""
        return str(self.text.partition('name="csrf" value="')[2].partition('"')[0])

    def to_hukou(self) -> None:
        """Fill up to the photo of the household book."""
        self._keep(self.web.post("/item/MZ-01", data={"csrf": self.csrf, "who": "self"}))
        for _ in range(40):
            if self.at == HUKOU:
                return
            self._keep(self.web.post(self.at, data={"csrf": self.csrf, **fields_for(self.at, self.text)}))
        raise AssertionError(self.at)

    def photograph(self, raw: bytes) -> None:
        """Send the page with its photo."""
        files = {"photo": ("page.jpg", raw, "image/jpeg")}
        self._keep(self.web.post(HUKOU, data={"csrf": self.csrf, "go": "take", "page": "0"}, files=files))


def fields_for(at: str, text: str) -> dict[str, Any]:
    """Return what the example answers to the page at this address."""
    if at.endswith("/photo"):
        return {"go": "skip"}
    key = at.rsplit("/", 1)[1]
    value: Any = citizen_example().get(key)
    for part, upto in (("town", 9), ("village", None)):
        if f'name="{key}.{part}"' in text:
            return {f"{key}.{part}": value[0][:upto], "go": "next"}
    if 'id="door"' in text:
        value = value[1]
    if isinstance(value, bool):
        value = "yes" if value else "no"
    return {key: "" if value is None else value, "go": "next"}
