"""What comes down from the hub: the payloads of its envelopes. Source: docs/protocol.md 10."""

import msgspec


class StatusBody(msgspec.Struct, array_like=True, frozen=True):
    """The payload of a status: step and word in clear, the rest sealed to the citizen."""

    step: int
    word: str
    at: int
    track: bytes
    sealed: bytes


class PublishedBody(msgspec.Struct, array_like=True, frozen=True):
    """The payload of an item or of county data: code, version, deflated canonical JSON."""

    code: str
    version: int
    deflated: bytes


class RevokedBody(msgspec.Struct, array_like=True, frozen=True):
    """The payload of a revocation: which device, and when by the hub's clock."""

    device: bytes
    at: int
