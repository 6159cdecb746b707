"""When backups are made by themselves, where they go, and from when on somebody must be told that they are not."""

from datetime import datetime, time, timedelta
from pathlib import Path

import msgspec

from edge.ground.clock import CHINA, moment
from edge.ground.database import Connection
from edge.ground.logbook import get_logger
from edge.ground.problem import BACKUP_FAILED, BAD_REQUEST, BUSY, Problem
from edge.records import audit, facts
from sync.hub.backup import LAST, Last, Made, back_up
from sync.hub.hub import Hub
from sync.hub.tables import alarms, backups

_FACT = "backup_settings"
ACTOR = "hub"
AGAIN_AFTER = timedelta(hours=1)      # a try that failed
MOST_FOLDERS, LONGEST_FOLDER = 4, 400
_log = get_logger("backup")


class Settings(msgspec.Struct, frozen=True):
    """What county IT set: folders on disks of their own, the hour of the day, after how many days to raise an alarm."""

    targets: tuple[str, ...] = ()
    hour: int = 2
    alarm_days: int = 2

    def folders(self) -> list[Path]:
        """Return the target folders.

        Raises:
            Problem: BACKUP_FAILED, none is set.
        """
        if not self.targets:
            raise Problem(BACKUP_FAILED, "没有设备份文件夹 / no folder is set")
        return [Path(one) for one in self.targets]


def settings(hub: Hub) -> Settings:
    """Return what is set."""
    return facts.get(hub.store.read(), _FACT, Settings) or Settings()


def change(hub: Hub, actor: str, wanted: Settings) -> None:
    """Set folders, hour and alarm.

    Raises:
        Problem: BAD_REQUEST: a folder that is not absolute or lies inside the hub's own, an hour or a number of days
            that is none.
    """
    own = hub.folder.resolve()
    for one in wanted.targets:
        path = Path(one)
        if not path.is_absolute() or len(one) > LONGEST_FOLDER or path.resolve().is_relative_to(own):
            raise Problem(BAD_REQUEST, one)
    if len(wanted.targets) > MOST_FOLDERS or not 0 <= wanted.hour <= 23 or not 1 <= wanted.alarm_days <= 60:
        raise Problem(BAD_REQUEST)
    with hub.store.write() as db:
        facts.put(db, _FACT, wanted)
        audit.note(db, hub.now(), actor, "backup-settings", hub.id,
                   {"targets": list(wanted.targets), "hour": wanted.hour, "alarm_days": wanted.alarm_days})


def keep_folders(db: Connection, folders: list[str]) -> None:
    """Let a restored hub go on where its backups lie, if it was set to nowhere when the one it came from was made."""
    if folders and facts.get(db, _FACT, Settings) is None:
        facts.put(db, _FACT, Settings(tuple(folders[:MOST_FOLDERS])))


def last_try(hub: Hub) -> Last | None:
    """Return how the last try ended, or None before the first."""
    return facts.get(hub.store.read(), LAST, Last)


def newest_at(hub: Hub) -> datetime | None:
    """Return when the newest backup that may be restored was made, or None without any."""
    kept = [row.made_at for row in backups.every(hub.store.read()) if row.state == "kept"]
    return moment(max(kept)) if kept else None


def due(hub: Hub) -> bool:
    """Return whether a backup is due: none was tried since the last time that the hour struck, or that try failed."""
    wanted, last, now = settings(hub), last_try(hub), hub.clock.now()
    if not wanted.targets:
        return False
    struck = datetime.combine(now.astimezone(CHINA).date(), time(wanted.hour), CHINA)
    struck -= timedelta(days=1) if struck > now else timedelta(0)
    if last is None or moment(last.at) < struck:
        return True
    return not last.number and now - moment(last.at) >= AGAIN_AFTER


def overdue(hub: Hub) -> bool:
    """Return whether the newest backup that may be restored is too old, or there is none at all."""
    newest, limit = newest_at(hub), timedelta(days=settings(hub).alarm_days)
    return newest is None or hub.clock.now() - newest > limit


def make(hub: Hub, actor: str) -> Made | None:
    """Make a backup in the folders that are set; None when it failed, which is written down and alarmed."""

    def tell(step: str, percent: int) -> None:
        hub.backing_up = (step, percent)

    hub.backing_up = ("copy", 0)
    try:
        return back_up(hub, settings(hub).folders(), actor, tell)
    except Problem as problem:
        if problem.kind is not BUSY:
            _log.error("no backup", extra={"facts": {"why": problem.detail}})
        return None
    finally:
        hub.backing_up = None


def watch(hub: Hub) -> None:
    """Raise an alarm when the newest backup is too old; one that is open is not counted up by looking."""
    if not settings(hub).targets or not overdue(hub):
        return
    with hub.store.write() as db:
        if all(one.cause != "backup-overdue" for one in alarms.still_open(db)):
            alarms.sound(db, "backup-overdue", hub.id, "", hub.now())


def make_if_due(hub: Hub) -> None:
    """Make the backup that is due, then look whether the newest one is too old."""
    if due(hub):
        make(hub, ACTOR)
    watch(hub)
