"""Every refusal of the product, in words and with a cure that staff can carry out.

Raised anywhere, rendered at one door: as RFC 9457 JSON for programs, as a page for people, as one line on a terminal.
`docs/problems.md` is generated from this table.
"""

from dataclasses import dataclass, field

from edge.ground.ids import JSON


@dataclass(frozen=True)
class Kind:
    """One sort of refusal: its name on the wire, its HTTP status, its words in both languages and its cure."""

    code: str
    status: int
    title_zh: str
    title_en: str
    cure_zh: str
    cure_en: str
    retry: bool = False


class Problem(Exception):
    """A refusal: a `Kind`, what exactly happened (no personal data), and facts for programs."""

    def __init__(self, kind: Kind, detail: str = "", facts: dict[str, JSON] | None = None) -> None:
        super().__init__(f"{kind.code}: {detail or kind.title_en}")
        self.kind = kind
        self.detail = detail
        self.facts: dict[str, JSON] = facts or {}


@dataclass
class _Catalogue:
    kinds: dict[str, Kind] = field(default_factory=dict)

    def add(self, *words: str, status: int, retry: bool = False) -> Kind:
        code, title_zh, title_en, cure_zh, cure_en = words
        if code in self.kinds:
            raise ValueError(f"problem {code} stands twice in the catalogue")
        kind = self.kinds[code] = Kind(code, status, title_zh, title_en, cure_zh, cure_en, retry)
        return kind


_all = _Catalogue()
KINDS = _all.kinds
"""Every kind by its code."""

ANSWERS_FAULTY = _all.add(
    "answers-faulty", "有几处要改", "Some answers need correcting",
    "照每一处的提示改，再交一次。", "Correct each answer as its message says and send again.", status=422)
NOT_ELIGIBLE = _all.add(
    "not-eligible", "这件事现在还办不了", "This cannot be applied for now",
    "看清原因；有疑问请工作人员帮忙。", "Read the reason; ask the staff if in doubt.", status=422)
UNKNOWN_ITEM = _all.add(
    "unknown-item", "没有这个事项", "There is no such item",
    "回首页重新找；也可以请人帮忙。", "Go back to the first page and look again, or ask for help.", status=404)
NOT_FOUND = _all.add(
    "not-found", "没有找到这一页", "There is nothing here",
    "回首页再找。", "Go back to the first page.", status=404)
NOT_FOUND_HERE = _all.add(
    "receipt-not-found", "没有查到", "Nothing was found",
    "对着回执，把回执号和身份证后 4 位再写一遍。",
    "Check the receipt code and the last 4 of the ID number, then try again.",
    status=404)
TOO_MANY_TRIES = _all.add(
    "too-many-tries", "试的次数太多了", "Too many tries",
    "过 10 分钟再试，或者请工作人员帮忙。", "Try again in 10 minutes, or ask the staff.", status=429, retry=True)
TOO_LARGE = _all.add(
    "too-large", "写得太长了", "The form is too long",
    "把最长的那一段缩短一些。", "Shorten the longest answer.", status=413)
PHOTOS_TOO_LARGE = _all.add(
    "photos-too-large", "照片太大或者太多", "The photos are too large or too many",
    "少拍几张；一张最大 2 MB，一共最多 120 张、32 MB。其余的带到窗口。",
    "Take fewer: up to 2 MB each, 120 photos and 32 MB together. Bring the rest to the counter.", status=413)
PHOTO_MISSING = _all.add(
    "photo-missing", "还没有照片", "There is no photo yet",
    "先拍一张，或者选一张照片，再按下面的按钮。", "Take or choose a photo first, then press the button below.",
    status=422)
PHOTO_TOO_LARGE = _all.add(
    "photo-too-large", "这张照片太大", "This photo is too large",
    "换一张小的：不超过 12 MB、4000 万像素。", "Use a smaller one: up to 12 MB and 40 megapixels.", status=413)
PHOTO_TOO_SMALL = _all.add(
    "photo-too-small", "这张照片太小，看不清字", "This photo is too small to read",
    "靠近一些再拍；宽和高都要 200 像素以上。", "Take it from nearer; both sides need 200 pixels or more.", status=422)
PHOTO_WRONG_KIND = _all.add(
    "photo-wrong-kind", "这种照片打不开", "Photos of this kind cannot be opened",
    "要 JPEG、PNG 或 WebP。手机拍的 HEIC，在手机设置里改成“兼容性最佳”再拍，或者在这里现拍。",
    "Use JPEG, PNG or WebP. For HEIC set the phone to “most compatible”, or take the photo here.", status=415)
PHOTO_UNREADABLE = _all.add(
    "photo-unreadable", "这个文件不是照片，或者坏了", "This file is no photo, or it is damaged",
    "再拍一张，或者换一个文件。", "Take it again, or choose another file.", status=422)
PHOTO_MOVES = _all.add(
    "photo-moves", "这是会动的图，不是照片", "This picture moves; it is no photo",
    "换一张不动的照片。", "Use a still photo.", status=422)
PHOTO_FAILED = _all.add(
    "photo-failed", "这张照片没有处理成", "This photo could not be processed",
    "再拍一张；还是不行，就先不拍，把原件带到窗口。",
    "Take it again; if it still fails, go on without and bring the paper to the counter.", status=422, retry=True)
CASE_INCOMPLETE = _all.add(
    "case-incomplete", "照片还没有传完，现在不能受理", "Photos are still on their way; the case cannot be accepted yet",
    "等照片传完再受理；等不到，可以退回请居民补，或者记下照片丢失。",
    "Wait for the photos; if they do not come, return the case or declare them lost.", status=409, retry=True)
MATERIAL_WAITING = _all.add(
    "material-waiting", "这张照片还没有传完", "This photo is still on its way",
    "过一会儿再看；那台机器连上就会接着传。", "Look again later; it goes on as soon as that machine has a line.",
    status=409, retry=True)
MATERIAL_LOST = _all.add(
    "material-lost", "这张照片丢失了", "This photo is lost",
    "退回，请居民再拍一次。", "Return the case and ask the citizen for it once more.", status=410)
KEY_REUSED = _all.add(
    "idempotency-key-reused",
    "同一个 Idempotency-Key 交了不同的内容", "This Idempotency-Key was used with other content",
    "换一个新的 Idempotency-Key。", "Use a new Idempotency-Key.", status=422)
KEY_MISSING = _all.add(
    "idempotency-key-missing", "缺少 Idempotency-Key", "The Idempotency-Key header is missing",
    "每份材料带一个不重复的 Idempotency-Key。", "Send one unique Idempotency-Key with each submission.", status=400)
BAD_REQUEST = _all.add(
    "bad-request", "看不懂这个请求", "The request cannot be read",
    "照接口说明改请求。", "Correct the request as the API description says.", status=400)
WRONG_METHOD = _all.add(
    "wrong-method", "这个地址不支持这种请求", "This address does not take that kind of request",
    "照接口说明改请求。", "Correct the request as the API description says.", status=405)
WRONG_TYPE = _all.add(
    "wrong-content-type", "内容的类型不对", "The content is not of the right type",
    "照接口说明写 Content-Type。", "Set Content-Type as the API description says.", status=415)
NOT_ALLOWED = _all.add(
    "not-allowed", "没有权限", "Not allowed",
    "请有这项权限的人来做。", "Ask someone whose role allows this.", status=403)
LOG_IN = _all.add(
    "log-in", "请先登录", "Log in first",
    "用自己的账号登录，或带上正确的令牌。", "Log in with your own account, or send a valid token.", status=401)
WRONG_LOGIN = _all.add(
    "wrong-login", "账号或密码不对", "The name or the password is wrong",
    "再写一遍；忘了密码请找县里的技术人员。", "Try again; if you forgot the password, ask the county's IT.", status=401)
TOO_MANY_REQUESTS = _all.add(
    "too-many-requests", "请求太多了", "Too many requests",
    "等一分钟再试。", "Wait a minute and try again.", status=429, retry=True)
LOGIN_LOCKED = _all.add(
    "login-locked", "输错的次数太多，先锁住了", "Too many wrong tries; locked for now",
    "过 30 分钟再试；急用请找县里管账号的人重置。",
    "Try again in 30 minutes, or ask the person who keeps the accounts.",
    status=429, retry=True)
WEAK_SECRET = _all.add(
    "weak-secret", "这个密码太容易猜", "This password is too easy to guess",
    "写 10 位以上，不能只有数字，不能含账号名，也不能和旧的一样。",
    "Use at least 10 characters, not digits alone, without the account name, and not the old one.", status=422)
ACCOUNT_FAULTY = _all.add(
    "account-faulty", "账号没有填对", "The account is not filled in correctly",
    "登录名 2 到 32 位，用小写字母、数字、点和横线；称呼 1 到 40 个字；角色选一个。",
    "Log-in name: 2 to 32 lower-case letters, digits, dots, dashes; display name: 1 to 40 characters; choose one role.",
    status=422)
NAME_TAKEN = _all.add(
    "name-taken", "这个登录名已经有人用了", "This log-in name is taken",
    "换一个登录名。停用的账号也占着名字，这样审计里不会混。",
    "Choose another. Disabled accounts keep their names, so that the audit stays clear.", status=409)
LAST_OF_ROLE = _all.add(
    "last-of-role", "这是最后一个能管账号的人", "This is the last account that can keep accounts",
    "先给另一个人开“技术”账号，再停用这一个。", "Add another IT account first, then disable this one.", status=409)
FOREIGN_ORIGIN = _all.add(
    "foreign-origin", "这个请求不是从本机页面来的", "This request did not come from this machine's own pages",
    "从首页重新开始。", "Start again from the first page.", status=403)
PAGE_EXPIRED = _all.add(
    "page-expired", "这一页已经清空了", "This page has been cleared",
    "为了保护您的隐私，内容已清空。请从首页重新开始。",
    "To protect your privacy the answers were cleared. Please start again.", status=409)
DISK_FULL = _all.add(
    "disk-full", "这台机器存满了，现在不能收材料", "This machine is full and cannot take forms now",
    "请用纸质表，或者到最近的窗口。工作人员：清理磁盘后自动恢复。",
    "Please use the paper form or the nearest counter. Staff: free some disk space; it recovers by itself.",
    status=507, retry=True)
DISK_FAULT = _all.add(
    "disk-fault", "没有存住，材料没有交成", "Nothing was saved; the form was not handed in",
    "请用纸质表，或者到最近的窗口。工作人员：运行 yizhan edge doctor。",
    "Please use the paper form or the nearest counter. Staff: run yizhan edge doctor.", status=503, retry=True)
DISK_SLOW = _all.add(
    "disk-slow", "机器的硬盘没有反应，现在存不进东西", "The disk does not answer; nothing can be saved now",
    "等一分钟再交；还不行，请用纸质表。工作人员：看看有没有别的程序占着硬盘，或者硬盘快坏了。",
    "Wait a minute and send again; if it fails, use the paper form. Staff: another program may hold the disk, or the "
    "disk is failing.", status=503, retry=True)
DISK_FORGETS = _all.add(
    "disk-forgets", "这台机器一重启就会忘记，不能收材料", "This machine forgets at each restart and cannot take forms",
    "请用纸质表。工作人员：还原卡或写保护要放开驿站的数据文件夹，改好后重启两次；请告诉县里。",
    "Please use the paper form. Staff: exempt Yizhan's folder from the restore card or write filter, restart twice; "
    "tell the county.", status=507)
DATA_DAMAGED = _all.add(
    "data-damaged", "这台机器里的数据有损坏，先不收材料", "Data on this machine are damaged; it takes no forms for now",
    "请用纸质表。工作人员：停下驿站，运行 yizhan edge salvage；坏的文件会留着。",
    "Please use the paper form. Staff: stop Yizhan and run yizhan edge salvage; the damaged file is kept.", status=507)
KEY_DAMAGED = _all.add(
    "key-damaged", "这台机器的钥匙文件坏了", "The key file of this machine is damaged",
    "不要删任何文件：存下的材料都有签名，县里能用 yizhan hub lift 读出来。请县里重新登记这台机器。",
    "Delete nothing: all forms are signed, and the county can read them with yizhan hub lift. Ask the county to enrol "
    "this machine again.", status=503)
FORM_SPOILED = _all.add(
    "form-spoiled", "这份材料存坏了，县里没有收到", "This form was damaged on the disk and never reached the county",
    "对不起，请再来交一次，或者打求助电话。工作人员：运行 yizhan edge status 看有几份。",
    "We are sorry: please hand it in again, or call for help. Staff: yizhan edge status says how many.", status=410)
NO_ROOM_FOR_PHOTOS = _all.add(
    "no-room-for-photos", "机器快存满了，现在不能拍照片", "This machine is nearly full and takes no photos now",
    "材料照样能交，照片以后补，或者带复印件到窗口。工作人员：清理磁盘后自动恢复。",
    "The form can still be handed in; add photos later or bring copies. Staff: free some disk space; it recovers by "
    "itself.", status=507, retry=True)
NOT_ENROLLED = _all.add(
    "not-enrolled", "这台机器还没有登记", "This machine is not enrolled yet",
    "运行 yizhan edge enroll，用县里给的登记码。",
    "Run yizhan edge enroll with the ticket from the county.", status=409)
ALREADY_ENROLLED = _all.add(
    "already-enrolled", "这台机器已经登记过了", "This machine is enrolled already",
    "要换县，请用一个新的文件夹。", "To join another county, use a new folder.", status=409)
BAD_TICKET = _all.add(
    "bad-ticket", "登记码不对", "The ticket is not right",
    "对着县里给的登记码再输一遍；过期了请县里再开一张。",
    "Type the ticket again as printed; if it is out of date, ask the county for a new one.", status=422)
TICKET_USED = _all.add(
    "ticket-used", "登记码已经用过或者过期了", "The ticket is used or out of date",
    "请县里再开一张。", "Ask the county for a new ticket.", status=409)
HUB_FULL = _all.add(
    "hub-full", "县平台一下子来的机器太多", "Too many machines came to the hub at once",
    "不用做什么，机器过一会儿自己再来。", "Nothing to do: the machine comes again by itself.", status=503, retry=True)
WRONG_HUB = _all.add(
    "wrong-hub", "对方不是登记码上的县平台", "The other side is not the hub named on the ticket",
    "检查网址；如果网址没错，线路上可能有人冒充，请告诉县里。",
    "Check the address; if it is right, someone on the line may be pretending to be the hub: tell the county.",
    status=502)
HUB_UNREACHABLE = _all.add(
    "hub-unreachable", "连不上县平台", "The hub cannot be reached",
    "检查网线和网址；材料都在本机，不会丢。", "Check the cable and the address; everything is safe on this machine.",
    status=503, retry=True)
BUSY = _all.add(
    "busy", "另一个程序正在用这个文件夹", "Another program is using this folder",
    "等它做完，或者先停掉它。", "Wait for it to finish, or stop it first.", status=409, retry=True)
NOT_A_FOLDER = _all.add(
    "no-such-folder", "这个文件夹里没有驿站的数据", "This folder holds no Yizhan data",
    "检查 --dir；服务点先运行 yizhan edge enroll，县平台先运行 yizhan hub init。",
    "Check --dir; a service point begins with yizhan edge enroll, a hub with yizhan hub init.", status=404)
ALREADY_A_HUB = _all.add(
    "already-a-hub", "这个文件夹里已经有一个县平台", "This folder holds a hub already",
    "换一个空文件夹，或者直接 yizhan hub run。", "Choose an empty folder, or go on with yizhan hub run.", status=409)
FOLDER_OF_OTHERS = _all.add(
    "folder-of-others", "这个文件夹里是另一边的数据", "This folder holds the other side's data",
    "县平台和服务点各用一个文件夹。换一个空文件夹。",
    "A hub and a service point need a folder each. Choose an empty one.",
    status=409)
LABEL_TAKEN = _all.add(
    "label-taken", "这个服务点已经有一台同名的机器", "This site has a machine of that name already",
    "换一个名字，或者不写 --label，由县里编号。",
    "Choose another name, or leave out --label and be numbered.", status=409)
PORT_TAKEN = _all.add(
    "port-taken", "端口被占用了", "The port is taken",
    "换一个端口，或者停掉占用它的程序。", "Choose another port, or stop the program that holds it.", status=409)
CATALOGUE_FAULTY = _all.add(
    "catalogue-faulty", "事项文件有错", "The item files have faults",
    "照每一行的提示改文件。", "Correct the files as each line says.", status=422)
VERSION_TAKEN = _all.add(
    "version-taken", "这个版本号已经发布过，内容不同", "This version was published before with other content",
    "把文件里的 version 加 1。", "Raise `version` in the file by one.", status=409)
WRONG_STATE = _all.add(
    "wrong-state", "这件事现在不能这样处理", "The case cannot be decided this way now",
    "刷新页面，看看现在到了哪一步。", "Reload the page and see where the case stands.", status=409)
REASON_MISSING = _all.add(
    "reason-missing", "要写明理由", "A reason is needed",
    "用居民看得懂的话写一句理由。", "Write one sentence that the citizen understands.", status=422)
DEVICE_CAPPED = _all.add(
    "device-capped", "这台机器今天送得太多了", "This machine has brought too much today",
    "不用做什么，材料都在机器里，过一阵自己再送；县里会看到警报。",
    "Nothing to do: everything stays on the machine and is sent later; the county sees an alarm.",
    status=429, retry=True)
BAD_MESSAGE = _all.add(
    "bad-message", "收到的数据包坏了", "The message is damaged",
    "不用做什么，会自动重发。", "Nothing to do; it is sent again.", status=400, retry=True)
UNKNOWN_DEVICE = _all.add(
    "unknown-device", "县平台不认识这台机器", "The hub does not know this machine",
    "保留这台机器的数据，请县里重新登记。",
    "Keep this machine's data and ask the county to enrol it again.", status=403)
BACKUP_FAILED = _all.add(
    "backup-failed", "没有备份成", "No backup was made",
    "看看备份盘插好没有、满了没有、能不能写；修好后再备份一次。以前的备份都还在。",
    "See that the backup disk is there, has room and can be written to; then make the backup again. Earlier backups "
    "are untouched.", status=507, retry=True)
NO_BACKUP = _all.add(
    "no-backup", "这不是本县平台的完整备份", "This is no whole backup of this hub",
    "选备份文件夹里以 .manifest 结尾的文件；旁边要有同名的 .db。",
    "Choose a file ending in .manifest in the folder with backups; the .db of the same name must lie beside it.",
    status=422)
BACKUP_RETIRED = _all.add(
    "backup-retired", "这份备份已经退役，用它恢复可能丢材料", "This backup was retired; restoring it may lose forms",
    "换一份没有退役的备份；只剩这一份时，加 --accept-loss，程序会列出哪些位置可能丢。",
    "Choose one that is not retired; if it is the only one left, add --accept-loss: the places that may be missing "
    "are named.", status=409)
KEYS_MISSING = _all.add(
    "keys-missing", "这里没有县平台的钥匙", "The hub's keys are not here",
    "把 keys 文件夹放回来，或者用 --code 给出恢复码。",
    "Put the folder `keys` back, or give the recovery code with --code.", status=409)
WRONG_CODE = _all.add(
    "wrong-recovery-code", "恢复码不对", "The recovery code is not right",
    "对着保险柜里的那张纸再输一遍；要用做这份备份时的那一张。",
    "Type it again from the sheet in the safe; it must be the one that was valid when the backup was made.", status=422)
STANDING_STILL = _all.add(
    "standing-still", "县平台刚从备份恢复，对外接口先停着", "The hub was restored; what reaches outside stands still",
    "请县里的技术人员看过后，在后台“备份”页放行。",
    "Let the county's IT look and release it on the console's page 备份.", status=503, retry=True)
CURSOR_STALE = _all.add(
    "cursor-stale", "县平台恢复过，这个位置作废了", "The hub was restored; this cursor is void",
    "从头读一遍，用事项的 id 认出已经处理过的。",
    "Read the log from its beginning and recognise by id what you have handled.", status=404)
REVOKED = _all.add(
    "revoked", "这台机器的身份被县里吊销了", "The county revoked this machine's identity",
    "请用纸质表或别的机器。工作人员：硬盘里的材料都还在，请交给县里；要再用这台机器，请县里重新登记到新文件夹。",
    "Use the paper form or another machine. Staff: what lies on the disk is kept; hand the disk to the county. To use "
    "this machine again, enrol a new folder.", status=403)
STICK_FULL = _all.add(
    "stick-full", "U 盘存满了", "The stick is full",
    "删掉 U 盘上别的东西，或者换一个。材料还在机器里。",
    "Free some room on the stick, or take another one. Everything is still on this machine.", status=507)
STICK_READ_ONLY = _all.add(
    "stick-read-only", "U 盘不让写", "The stick cannot be written to",
    "看看 U 盘侧面的锁；没有锁就换一个。", "Look for the lock on its side; if there is none, take another stick.",
    status=507)
STICK_GONE = _all.add(
    "stick-gone", "找不到 U 盘", "The stick is not there",
    "插好 U 盘，等 5 秒，再来一次。材料还在机器里。",
    "Plug the stick in, wait 5 seconds, and try again. Everything is still on this machine.", status=503, retry=True)
STICK_SPOILT = _all.add(
    "stick-spoilt", "写进去的和读出来的不一样，这个 U 盘坏了", "What was written cannot be read back: the stick is bad",
    "换一个 U 盘。材料还在机器里。", "Take another stick. Everything is still on this machine.", status=507)
NO_FERRY_FILE = _all.add(
    "no-ferry-file", "这不是驿站的文件", "This is not a file of Yizhan",
    "要选名字以 .ferry 结尾的文件。", "Choose the file whose name ends in .ferry.", status=422)
FILE_TOO_LARGE = _all.add(
    "file-too-large", "这个文件太大，不是驿站写的", "This file is too large to be one of Yizhan's",
    "要选名字以 .ferry 结尾的文件；驿站写的每个文件不到 24 MB。",
    "Choose the file whose name ends in .ferry; Yizhan writes none of 24 MB or more.", status=413)
FOR_THE_OTHER_SIDE = _all.add(
    "for-the-other-side", "这个文件是给另一边的", "This file is meant for the other side",
    "机器导出的文件交给县里；县里的回复文件（R.ferry）拿回那台机器。",
    "What a machine wrote goes to the county; the county's reply (R.ferry) goes back to that machine.", status=422)
TOO_MANY_PAPERS = _all.add(
    "too-many-papers", "一次最多印 100 张", "At most 100 at once",
    "写 1 到 100；不够再印一次。", "Ask for 1 to 100; print again when they are used up.", status=422)
NOT_HTML = _all.add(
    "not-html", "写不成这个文件", "This file cannot be written",
    "写一个还没有的、以 .html 结尾的文件名；打开它用浏览器打印（也能另存为 PDF）。",
    "Name a file that is not there yet and ends in .html; open it and print it from the browser (or save as PDF).",
    status=422)
WRONG_PIN = _all.add(
    "wrong-pin", "密码不对", "The PIN is wrong",
    "再输一次。忘了：在这台机器上运行 yizhan edge pin，重新设一个。",
    "Type it again. Forgotten: run yizhan edge pin on this machine and set a new one.", status=401)
PIN_WAIT = _all.add(
    "pin-wait", "输错太多次，要等一会儿", "Too many wrong tries; wait a while",
    "等够时间再输。关机重开不会变短。", "Wait, then type it again. A restart does not shorten it.", status=429,
    retry=True)
NO_PIN = _all.add(
    "no-pin", "还没有设工作人员密码", "No staff PIN is set yet",
    "在这台机器上运行 yizhan edge pin。", "Run yizhan edge pin on this machine.", status=409)
WEAK_PIN = _all.add(
    "weak-pin", "这个密码太容易猜", "This PIN is too easy to guess",
    "用 6 到 12 位数字，不要全一样，也不要连着数。", "Use 6 to 12 digits, not all the same and not in a row.",
    status=422)
NO_PRINTER = _all.add(
    "no-printer", "这台机器没有打印机", "This machine has no printer",
    "请拍下回执号，一样有用。", "Take a photo of the code; it is as good as paper.", status=503)
PRINTER_FAULT = _all.add(
    "printer-fault", "没打出来", "The slip was not printed",
    "请拍下回执号，一样有用。工作人员：看看有没有纸、电源和线。",
    "Take a photo of the code; it is as good as paper. Staff: check paper, power and cable.", status=503, retry=True)
PRINT_EXPIRED = _all.add(
    "print-expired", "机器重新启动过，这张回执不再打印", "The machine was restarted; this slip is not printed any more",
    "凭回执号和身份证后 4 位仍然能查。", "The receipt code still works for tracking.", status=410)
INTERNAL = _all.add(
    "internal", "这台机器出了问题", "Something went wrong on this machine",
    "已经存好的材料不会丢。请从首页再试，或者请人帮忙。",
    "What was saved is safe. Try again from the first page, or ask for help.", status=500, retry=True)


def title(kind: Kind, lang: str = "zh") -> str:
    """Return the refusal in one line, in `zh` or `en`."""
    return kind.title_en if lang == "en" else kind.title_zh


def cure(kind: Kind, lang: str = "zh") -> str:
    """Return what to do about it, in `zh` or `en`."""
    return kind.cure_en if lang == "en" else kind.cure_zh


def as_rfc9457(problem: Problem, lang: str = "zh") -> dict[str, JSON]:
    """Return the problem as RFC 9457 members: type, title, status, detail, then cure, retry and the facts."""
    kind = problem.kind
    return {
        "type": f"urn:yizhan:problem:{kind.code}",
        "title": title(kind, lang),
        "status": kind.status,
        "detail": problem.detail or title(kind, lang),
        "cure": cure(kind, lang),
        "retry": kind.retry,
        **problem.facts,
    }
