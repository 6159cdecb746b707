"""The journeys: which matter, found how, by what hand, in which looks, with which answers beside the item's example.

Each department has one, and each way of using the machine has one. What the county must hold in the end is exactly what
the citizen answered.
"""

from dataclasses import dataclass, field
from typing import Any

from edge.domain.catalogue import shipped_catalogue
from edge.domain.form import Item
from edge.machine.card_reader import Card, CardKind
from tests.browser.chrome import SIZES, Size
from tests.browser.journeys.hands import Finger, Keyboard, Phone

STANDING, OLD_PC, PHONE = SIZES
NAME_ON_GLASS = "60,60 250,56;150,30 152,180;320,50 480,52"


@dataclass(frozen=True)
class Journey:
    """One journey.

    Attributes:
        steps: days are reached by touching ＋ and －, not written.
        photos: the papers that are laid under the camera; whoever shows others brings them.
        again: an item that the same person goes on with.
        answers, then: what replaces the answers of the first item's example, and of the second's.
    """

    way: str
    code: str
    hand: type[Finger] = Finger
    writes: str = "拼音"
    found: str = "department"
    looks: tuple[str, ...] = ()
    size: Size = STANDING
    practice: bool = False
    card: Card | None = None
    steps: bool = False
    photos: tuple[str, ...] = ()
    again: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    then: dict[str, Any] = field(default_factory=dict)

    @property
    def item(self) -> Item:
        """The item of this journey."""
        return shipped_catalogue().item(self.code)

    @property
    def given(self) -> dict[str, Any]:
        """All that the citizen answers."""
        return {**self.item.example, **self.answers}


def _row(**answers: Any) -> dict[str, Any]:
    return answers


FAMILY = [
    _row(member_name="王秀英", member_id="110105196003030011", member_relation="self", ability="some", income=60000,
         member_mark="70,50 200,48;140,20 138,170"),
    _row(member_name="王丁", member_id="110105201306180029", member_relation="grand", ability="pupil", income=0),
]
JOURNEYS = (
    Journey("handwriting only", "MZ-01", writes="手写", found="event:elder",
            answers={"name": "王秀英", "home": ["370399001201", "村东十二号"]}),
    Journey("pinyin only", "RS-01", found="words:养老",
            answers={"name": "欧阳春兰", "home": ["370399001202", "前街 8 号"]}),
    Journey("keyboard only", "SW-09", hand=Keyboard, answers={"name": "王丁"}),
    Journey("large type", "YB-02", looks=("large",), size=OLD_PC, answers={"home_now": ["370399001201", "村东"]}),
    Journey("an agent, who signs on the glass", "CL-10",
            answers={"material_poa": "sign", "sign_poa": NAME_ON_GLASS, "agent_name": "钟小花", "name": "钟铁山",
                     "home_now": ["370399009201", "河东 25 号"]}),
    Journey("family rows", "MZ-02", answers={
        "name": "王秀英", "family": FAMILY, "home": ["370399006205", "南庄"], "disabled_member": False}),
    Journey("without a card", "GA-02", answers={"name": "孙八", "home": ["370399001204", "后街"]}),
    Journey("practice, then in earnest", "GJ-02", practice=True, answers={"name": "孔令辉"}),
    Journey("dark ground", "BD-01", looks=("dark",), answers={"name": "曹志明"}),
    Journey("a card on the reader", "RS-06", found="event:elder",
            card=Card(CardKind.ID, "110105195003080022", "陈桂兰"),
            answers={"home_now": ["370399010003", "南关街"]}),
    Journey("English", "NY-01", looks=("lang",), answers={"name": "王英"}),
    Journey("a phone", "SF-02", hand=Phone, size=PHONE),
    Journey("one person, two matters", "SS-11", found="event:shop", again="SS-04",
            answers={"name": "许大山", "shop_name": "大山五金店", "turnover": 1280000}),
    Journey("months, a bank of the county's list, then a family's income", "TJ-01", found="event:elder", again="ZJ-01",
            answers={"name": "李伟", "home_now": ["370399001206", "前街"]},
            then={"living_area": 3650, "housing_family": [
                _row(family_name="李伟", family_id="110105197108010011", family_income=180050),
                _row(family_name="王英", family_id="110105198808030050", family_income=0)]}),
    Journey("days reached by touch, papers under the camera", "WJ-01", found="event:birth", again="JY-01", steps=True,
            photos=("pregnancy", "hukou"),
            answers={"name": "王英", "due_on": "2026-12-24", "father": "李伟", "home_now": ["370399004203", "后街"]},
            then={"pupil_name": "李明", "visit_day": "2026-11-25"}),
    Journey("a phone, two matters with a name signed on it", "JT-01", hand=Phone, size=PHONE, again="GY-02",
            then={"signature": NAME_ON_GLASS}),
)
