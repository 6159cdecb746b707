"""Is a receipt genuine? Told from its QR and the county's key set alone, at any site, without a line.

A receipt says that papers were received (收件), never that a case was accepted (受理). Nothing of the person stands in
the QR. Source: docs/protocol.md 3.
"""

from dataclasses import dataclass
from enum import StrEnum
from unicodedata import normalize

from edge.domain.envelope import Faulty
from edge.domain.key_set import DeviceKey, KeySet
from edge.domain.receipt import Statement, open_qr, read_code


class Verdict(StrEnum):
    """What can be said of a receipt."""

    TRUE = "true"            # one of the county's machines signed it
    DOUBTFUL = "doubtful"    # so it is, but after the machine was struck off
    FALSE = "false"          # it names one of the county's machines, which did not sign this
    STRANGER = "stranger"    # it names a machine that is not on the list here
    NO_RECEIPT = "none"


@dataclass(frozen=True)
class Judged:
    """The verdict; what the receipt says and who signed it stand only where the signature fits."""

    verdict: Verdict
    statement: Statement | None = None
    by: DeviceKey | None = None


def judge(scanned: str, keys: KeySet) -> Judged:
    """Return what is to be said of a scanned QR; width, case and gaps that a scanner adds do not matter."""
    try:
        claim = open_qr("".join(normalize("NFKC", scanned).upper().split()))
    except Faulty:
        return Judged(Verdict.NO_RECEIPT)
    by = next((one for one in keys.devices if one.device == claim.statement.device), None)
    if by is None:
        return Judged(Verdict.STRANGER)
    if not claim.is_signed_by(by.public) or read_code(claim.statement.code) is None:
        return Judged(Verdict.FALSE)
    # whoever stole the machine has its key: from then on its word is worth no more than the paper
    late = by.revoked_at and claim.statement.at >= by.revoked_at
    return Judged(Verdict.DOUBTFUL if late else Verdict.TRUE, claim.statement, by)
