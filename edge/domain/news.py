"""What comes down from the hub: the payloads of its envelopes. Source: docs/protocol.md 10."""

import msgspec

LARGEST_PUBLISHED = 1024 * 1024   # bytes of an item or of county data, inflated


class StatusBody(msgspec.Struct, array_like=True, frozen=True):
    """The payload of a status: step and word in clear, the rest sealed to the citizen."""

    step: int
    word: str
    at: int
    track: bytes
    sealed: bytes


class PublishedBody(msgspec.Struct, array_like=True, frozen=True):
    """The payload of an item or of county data: code, version, deflated canonical JSON.

    What is too large for an envelope is the content of the blob instead, and `deflated` is empty; so is a key set of
    many devices, deflated as it was signed.
    """

    code: str
    version: int
    deflated: bytes
    blob: bytes = b""


class RevokedBody(msgspec.Struct, array_like=True, frozen=True):
    """The payload of a revocation: which device, and when by the hub's clock."""

    device: bytes
    at: int
