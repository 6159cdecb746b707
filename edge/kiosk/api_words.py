"""From the site's own values to what the interface says."""

from datetime import date

from edge.desk.lodge import Lodged
from edge.desk.site import Line, Progress, Site
from edge.desk.standing import Standing, lane_standing
from edge.desk.track import Tracked
from edge.domain.catalogue import Catalogue
from edge.domain.county import County
from edge.domain.example import example_for
from edge.domain.form import Computed, Field, Item, Material
from edge.domain.form_walk import form_fields, material_key, options
from edge.domain.text import Text
from edge.kiosk import api_form_shapes as forms
from edge.kiosk import api_shapes as shapes


def status(site: Site) -> shapes.Status:
    """Return how this machine and its line are."""
    lane, line, ready = lane_standing(site), site.line(), site.refusing()
    return shapes.Status(
        site=site.identity.site,
        machine=site.identity.label,
        device=site.identity.device.hex(),
        software=site.software,
        lane=shapes.LanePlaces(lane.head, lane.acked, lane.safe, lane.incarnations),
        waiting=line.waiting,
        readiness=ready.state.value,
        why=ready.why,
        line="down" if line.state is Line.DOWN else "up",
        sending=_sending(line.progress),
        since=line.since,
        last_exchange=line.last_exchange,
    )


def _sending(progress: Progress | None) -> shapes.Sending | None:
    if progress is None:
        return None
    return shapes.Sending(progress.done, progress.total, progress.chunks_left, progress.seconds_left)


def item_list(catalogue: Catalogue) -> forms.ItemList:
    """Return all items in one line each."""
    return forms.ItemList(tuple(_line(item, catalogue) for item in catalogue.items.values()))


def _line(item: Item, catalogue: Catalogue) -> forms.ItemLine:
    return forms.ItemLine(
        code=item.code,
        version=item.version,
        name=item.name,
        short=item.short,
        purpose=item.purpose,
        department=item.department,
        department_name=_department(item, catalogue),
        offline=item.offline,
        minutes=item.minutes,
        answer_days=item.limits.answer_days,
        fee_fen=item.fee.fen,
    )


def _department(item: Item, catalogue: Catalogue) -> Text:
    found = catalogue.departments.get(item.department)
    return found.name if found else Text(item.department, item.department)


def item_form(item: Item, catalogue: Catalogue, today: date) -> forms.ItemForm:
    """Return an item's definition with the county's own choices filled in."""
    county, limits, fee, privacy = catalogue.county, item.limits, item.fee, item.privacy
    return forms.ItemForm(
        code=item.code,
        version=item.version,
        name=item.name,
        short=item.short,
        purpose=item.purpose,
        department=item.department,
        department_name=_department(item, catalogue),
        offline=item.offline,
        minutes=item.minutes,
        applicant=forms.ApplicantOut(item.applicant.name, item.applicant.id_number, item.applicant.mobile),
        fields=tuple(_field(one, item, county) for one in form_fields(item)),
        materials=tuple(_material(one) for one in item.materials),
        computed=tuple(_computed(one) for one in item.computed),
        eligibility=tuple(forms.EligibilityOut(one.must, one.text, one.kind, one.source) for one in item.eligibility),
        outcome=tuple(_field(one, item, county) for one in item.outcome),
        limits=forms.LimitsOut(limits.answer_days, limits.note, limits.finish, limits.source),
        fee=forms.FeeOut(fee.fen, fee.note, fee.source),
        privacy=forms.PrivacyOut(privacy.basis, privacy.text, privacy.source),
        example=example_for(item, county, today),
    )


def _field(field: Field, item: Item, county: County) -> forms.FieldOut:
    return forms.FieldOut(
        key=field.key,
        kind=field.kind,
        question=field.question,
        label=field.label,
        hint=field.hint,
        purpose=field.purpose,
        when=field.when,
        choices=tuple(forms.OptionOut(one.value, one.label, one.hint) for one in options(field, item, county)),
        regions=_towns(county) if field.kind == "region" else (),
        rules=tuple(forms.RuleOut(one.must, one.error) for one in field.rules),
        least=field.least,
        most=field.most,
        unit=field.unit,
        optional=field.optional,
        sensitive=field.sensitive,
        past=field.past,
        workday=field.workday,
        twice=field.twice,
        statement=field.statement,
        fields=tuple(_field(one, item, county) for one in field.fields),
        row=field.row,
        basis=field.basis,
        source=field.source,
    )


def _towns(county: County) -> tuple[forms.TownOut, ...]:
    return tuple(
        forms.TownOut(town.code, town.name, tuple(forms.VillageOut(one.code, one.name) for one in town.villages))
        for town in county.towns
    )


def _material(one: Material) -> forms.MaterialOut:
    return forms.MaterialOut(
        key=one.key,
        field=material_key(one),
        name=one.name,
        hint=one.hint,
        when=one.when,
        may_defer=one.may_defer,
        e_cert=one.e_cert,
        sign=one.sign,
        statement=one.statement,
        instead=one.instead,
        stands_in=one.stands_in,
        source=one.source,
    )


def _computed(one: Computed) -> forms.ComputedOut:
    return forms.ComputedOut(one.key, one.value, one.label, one.kind, one.unit, one.how)


def receipt(lodged: Lodged) -> shapes.Receipt:
    """Return a receipt. Its state is that of the moment of lodging, so that a repeat is told the same."""
    return shapes.Receipt(lodged.id, lodged.receipt, "queued", lodged.item, lodged.at, lodged.reply_by, lodged.qr)


def submission(found: Standing) -> shapes.SubmissionState:
    """Return how a submission stands."""
    return shapes.SubmissionState(found.id, found.state, found.lodged_at, found.held_at, found.resending)


def tracked(found: Tracked) -> shapes.TrackedOut:
    """Return what the citizen may read."""
    return shapes.TrackedOut(
        id=found.id or None,
        receipt=found.receipt,
        item=found.item,
        item_name=found.item_name,
        masked_name=found.masked_name,
        site=found.site,
        state=found.state,
        lodged_at=found.lodged_at,
        held_at=found.held_at,
        decided_at=found.decided_at,
        news_at=found.news_at,
        reason=found.reason,
        asks=tuple(shapes.AskOut(one.field, one.label, one.reason) for one in found.asks),
        result=found.result,
        offers=tuple(
            shapes.OfferOut(
                one.to, one.name, one.text, one.reason, one.basis, "notice" if one.kind == "notice" else "offer"
            )
            for one in found.offers
        ),
        resending=found.resending,
        reply_by=found.reply_by,
    )
