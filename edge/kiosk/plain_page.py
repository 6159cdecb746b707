"""The page of who is refused before anything of theirs is read: no visit yet, so it speaks both languages."""


def plain_page(zh: str, en: str) -> bytes:
    """Return a whole page of two sentences; `zh` and `en` are our own words, never what somebody sent."""
    return (
        '<!doctype html><html lang="zh-CN"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>驿站</title><h1>{zh}</h1><p lang="en">{en}</p></html>'
    ).encode()
