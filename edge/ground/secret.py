"""Short secrets that people type: kept as Argon2id only (OWASP's floor: 19 MiB, two passes, one lane)."""

from concurrent.futures import ThreadPoolExecutor

from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from edge.ground.clock import Chance

_KIB, _PASSES, _LANES, _HASH_BYTES, _SALT_BYTES = 19 * 1024, 2, 1, 32, 16
_LONGEST = 1024
# The C library keeps these 19 MiB for each thread that ever asked for them.
_ONE_AT_A_TIME = ThreadPoolExecutor(1, "secret")


def keep_secret(secret: str, chance: Chance) -> str:
    """Return what is stored of a secret."""
    kdf = Argon2id(salt=chance(_SALT_BYTES), length=_HASH_BYTES, iterations=_PASSES, lanes=_LANES, memory_cost=_KIB)
    return _ONE_AT_A_TIME.submit(kdf.derive_phc_encoded, secret.encode()).result()


def is_secret(typed: str, kept: str) -> bool:
    """Return whether `typed` is the secret of which `kept` was stored."""
    try:
        _ONE_AT_A_TIME.submit(Argon2id.verify_phc_encoded, typed.encode()[:_LONGEST], kept).result()
    except InvalidKey:
        return False
    return True
