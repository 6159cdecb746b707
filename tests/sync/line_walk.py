"""The lines of a random walk: questions and replies that come late, twice, to a twin, or never."""

import random
from collections.abc import Callable

from edge.ground.problem import Problem
from sync.protocol.exchange import read_ack, read_reply
from tests.fakes.county import County
from tests.fakes.kiosk import Kiosk
from tests.sync.invariants import Witness
from tests.sync.people_walk import People


class Lines(People):
    """What is on its way: `under_way` are questions, `coming` replies."""

    def __init__(self, county: County, witness: Witness) -> None:
        super().__init__(county, witness)
        self.under_way: list[tuple[Kiosk, bytes]] = []
        self.coming: list[tuple[Kiosk, bytes]] = []

    def ask(self, kiosk: Kiosk, dice: random.Random) -> None:
        """A question goes on the line."""
        self.under_way.append((kiosk, kiosk.ask()))

    def deliver(self, kiosk: Kiosk, dice: random.Random) -> None:
        """Some question arrives, perhaps not for the last time; its reply may be lost."""
        if not self.under_way:
            return
        at = dice.randrange(len(self.under_way))
        asker, question = self.under_way[at]
        if dice.random() < 0.7:
            self.under_way.pop(at)
        reply = self.county.answer("/ferry/v1/sync", question)
        self._weigh(reply)
        self.witness.check_kept(question)
        if dice.random() < 0.7:
            self.coming.append((asker, reply))

    def _weigh(self, reply: bytes) -> None:
        for signed in read_reply(reply, self.county.hub.key.public).acks:
            ack = read_ack(signed, self.county.hub.key.public)
            self.witness.check_ack(ack.device, ack.incarnation, ack.n, ack.chain)

    def hear(self, kiosk: Kiosk, dice: random.Random) -> None:
        """Some reply arrives: in any order, perhaps again, perhaps at a twin; the power may fail half way."""
        if not self.coming:
            return
        at = dice.randrange(len(self.coming))
        asker, reply = self.coming[at]
        if dice.random() < 0.7:
            self.coming.pop(at)
        twins = [one for one in self.county.kiosks.values() if one.device == asker.device]
        here = asker if asker in twins and dice.random() < 0.8 else dice.choice(twins) if twins else None
        if here is not None:
            here.hear(reply, follow=dice.random() < 0.85)

    def round(self, kiosk: Kiosk, dice: random.Random) -> None:
        """A whole round of the agent, perhaps on a bad line."""
        faults: list[Callable[[], None]] = [
            kiosk.link.lose_next_request, kiosk.link.lose_next_reply, kiosk.link.repeat_next,
            kiosk.link.pull_plug_after_commit, kiosk.link.pull_plug_before_sending,
            lambda: kiosk.link.answer_next_with(b"<html>log in first</html>"),
            lambda: kiosk.link.change_next_reply(lambda reply: reply[: dice.randrange(len(reply))])]
        if kiosk.link.replies:
            faults.append(lambda: kiosk.link.swap_next_reply(dice.choice(kiosk.link.replies)))
        if dice.random() < 0.6:
            dice.choice(faults)()
        try:
            kiosk.round()
        except Problem:
            return
        finally:
            kiosk.link.forget_plans()
