"""Of backups, restores, and what was struck off."""

from edge.ground.kinds.kind import add_kind

BACKUP_FAILED = add_kind(
    "backup-failed", "没有备份成", "No backup was made",
    "看看备份盘插好没有、满了没有、能不能写；修好后再备份一次。以前的备份都还在。",
    "See that the backup disk is there, has room and can be written to; then make the backup again. Earlier backups "
    "are untouched.", status=507, retry=True)
NO_BACKUP = add_kind(
    "no-backup", "这不是本县平台的完整备份", "This is no whole backup of this hub",
    "选备份文件夹里以 .manifest 结尾的文件；旁边要有同名的 .db。",
    "Choose a file ending in .manifest in the folder with backups; the .db of the same name must lie beside it.",
    status=422)
BACKUP_RETIRED = add_kind(
    "backup-retired", "这份备份已经退役，用它恢复可能丢材料", "This backup was retired; restoring it may lose forms",
    "换一份没有退役的备份；只剩这一份时，加 --accept-loss，程序会列出哪些位置可能丢。",
    "Choose one that is not retired; if it is the only one left, add --accept-loss: the places that may be missing "
    "are named.", status=409)
KEYS_MISSING = add_kind(
    "keys-missing", "这里没有县平台的钥匙", "The hub's keys are not here",
    "把 keys 文件夹放回来，或者用 --code 给出恢复码。",
    "Put the folder `keys` back, or give the recovery code with --code.", status=409)
HUB_KEY_DAMAGED = add_kind(
    "hub-key-damaged", "县平台的一个钥匙文件坏了", "A key file of the hub is damaged",
    "先别开县平台。把这个文件移到别处（不要删），再用保险柜里的恢复码从最新的备份恢复：yizhan hub restore … --code；"
    "现在的数据库会一起读进来，不会丢。",
    "Do not start the hub. Move this file away (do not delete it), then restore from the newest backup with the "
    "recovery code from the safe: yizhan hub restore … --code. The present database is read in; nothing is lost.",
    status=503)
WRONG_CODE = add_kind(
    "wrong-recovery-code", "恢复码不对", "The recovery code is not right",
    "对着保险柜里的那张纸再输一遍；要用做这份备份时的那一张。",
    "Type it again from the sheet in the safe; it must be the one that was valid when the backup was made.", status=422)
STANDING_STILL = add_kind(
    "standing-still", "县平台刚从备份恢复，对外接口先停着", "The hub was restored; what reaches outside stands still",
    "请县里的技术人员看过后，在后台“备份”页放行。",
    "Let the county's IT look and release it on the console's page Backups.", status=503, retry=True)
CURSOR_STALE = add_kind(
    "cursor-stale", "县平台恢复过，这个位置作废了", "The hub was restored; this cursor is void",
    "从头读一遍，用事项的 id 认出已经处理过的。",
    "Read the log from its beginning and recognise by id what you have handled.", status=404)
