"""Citizens with papers to photograph."""

from tests.fakes.photos import page, written
from tests.kiosk.citizen import Citizen
from tests.kiosk.http_citizen import HUKOU, citizen_example

PHOTO = written(page(600, 800))


def at_hukou(citizen: Citizen) -> Citizen:
    """Fill MZ-01 up to the photo of the household book."""
    example = citizen_example()
    citizen.begin("MZ-01")
    for _ in range(40):
        if citizen.at == HUKOU:
            return citizen
        citizen.reply(example.get(citizen.at.rsplit("/", 1)[1]))
    raise AssertionError(citizen.at)


def to_check(citizen: Citizen) -> Citizen:
    """Answer what is left."""
    for _ in range(20):
        if citizen.at.startswith("/check"):
            break
        citizen.reply(citizen_example().get(citizen.at.rsplit("/", 1)[1]))
    return citizen
